using System.Runtime.CompilerServices;
using Orleans.Runtime.Networking;

namespace Orleans.Runtime;

/// <summary>
/// The requests of a host that wait for an answer from another process, by the number that the answer repeats. Whoever
/// takes an entry out, and only that one, settles what it stands for. Striped, so that senders seldom wait for each other.
/// </summary>
/// <remarks>
/// <c>number = generation (32 bits) slot (24) stripe (3)</c>: an answer that comes twice, or too late, meets a later generation.
/// </remarks>
internal sealed class PendingAnswers
{
    private const int StripeBits = 3;
    private const int SlotBits = 24;
    private const int FirstSlots = 64;

    private readonly Stripe[] _stripes = new Stripe[1 << StripeBits];
    private readonly int _maxPerStripe;

    public PendingAnswers(int limit)
    {
        Limit = limit;
        _maxPerStripe = Math.Clamp(limit >> StripeBits, FirstSlots, 1 << SlotBits);
        for (var i = 0; i < _stripes.Length; i++)
        {
            _stripes[i] = new Stripe();
        }
    }

    public int Limit { get; }

    /// <summary>How many wait.</summary>
    public int Count
    {
        get
        {
            var count = 0;
            foreach (var stripe in _stripes)
            {
                count += stripe.Count;
            }

            return count;
        }
    }

    /// <returns>Its number; 0 if there are too many.</returns>
    public long Add(IAwaitsAnswer item, Connection? connection)
    {
        var index = Thread.GetCurrentProcessorId() & ((1 << StripeBits) - 1);
        var stripe = _stripes[index];
        lock (stripe)
        {
            var at = stripe.FirstFree;
            if (at < 0)
            {
                if (stripe.Used == _maxPerStripe)
                {
                    return 0;
                }

                at = stripe.Used++;
                if (at == stripe.Slots.Length)
                {
                    Array.Resize(ref stripe.Slots, at * 2);
                }
            }
            else
            {
                stripe.FirstFree = stripe.Slots[at].NextFree;
            }

            ref var slot = ref stripe.Slots[at];
            slot.Item = item;
            slot.Connection = connection;
            stripe.Count++;
            return ((long)++slot.Generation << (SlotBits + StripeBits)) | ((long)at << StripeBits) | (long)index;
        }
    }

    /// <summary>Takes the entry out; null if somebody else has.</summary>
    public IAwaitsAnswer? Take(long number) => Take(number, out _);

    /// <inheritdoc cref="Take(long)"/>
    public IAwaitsAnswer? Take(long number, out Connection? connection)
    {
        var stripe = _stripes[number & ((1 << StripeBits) - 1)];
        lock (stripe)
        {
            ref var slot = ref stripe.Find(number);
            if (Unsafe.IsNullRef(ref slot))
            {
                connection = null;
                return null;
            }

            connection = slot.Connection;
            return stripe.Free(ref slot, number);
        }
    }

    /// <summary>Takes the entry out if its request went to that connection: nobody answers in another's name.</summary>
    public IAwaitsAnswer? TakeFrom(long number, Connection connection)
    {
        var stripe = _stripes[number & ((1 << StripeBits) - 1)];
        lock (stripe)
        {
            ref var slot = ref stripe.Find(number);
            return Unsafe.IsNullRef(ref slot) || !ReferenceEquals(slot.Connection, connection) ? null : stripe.Free(ref slot, number);
        }
    }

    /// <summary>Notes which connection the request goes to, null for none yet.</summary>
    /// <returns>Whether somebody still waits.</returns>
    public bool Assign(long number, Connection? connection)
    {
        var stripe = _stripes[number & ((1 << StripeBits) - 1)];
        lock (stripe)
        {
            ref var slot = ref stripe.Find(number);
            if (Unsafe.IsNullRef(ref slot))
            {
                return false;
            }

            slot.Connection = connection;
            return true;
        }
    }

    /// <summary>The connection that the request went to; null if it has not been sent or nobody waits.</summary>
    public Connection? ConnectionOf(long number)
    {
        var stripe = _stripes[number & ((1 << StripeBits) - 1)];
        lock (stripe)
        {
            ref var slot = ref stripe.Find(number);
            return Unsafe.IsNullRef(ref slot) ? null : slot.Connection;
        }
    }

    /// <summary>Takes out what was sent on a connection.</summary>
    public List<IAwaitsAnswer> TakeAll(Connection connection) => TakeWhere((_, sentOn) => ReferenceEquals(sentOn, connection));

    /// <summary>Takes out what nobody waits for any longer.</summary>
    public List<IAwaitsAnswer> TakeExpired(long now) => TakeWhere((item, _) => item.IsExpired(now));

    private List<IAwaitsAnswer> TakeWhere(Func<IAwaitsAnswer, Connection?, bool> isMeant)
    {
        var taken = new List<IAwaitsAnswer>();
        for (var index = 0; index < _stripes.Length; index++)
        {
            var stripe = _stripes[index];
            lock (stripe)
            {
                for (var at = 0; at < stripe.Used; at++)
                {
                    ref var slot = ref stripe.Slots[at];
                    if (slot.Item is { } item && isMeant(item, slot.Connection))
                    {
                        taken.Add(stripe.Free(ref slot, (long)at << StripeBits));
                    }
                }
            }
        }

        return taken;
    }

    private struct Slot
    {
        public IAwaitsAnswer? Item;
        public Connection? Connection;
        public uint Generation;
        public int NextFree;
    }

    private sealed class Stripe
    {
        public Slot[] Slots = new Slot[FirstSlots];
        public int FirstFree = -1;
        public int Used;
        public int Count;

        /// <summary>A null reference if it is not there.</summary>
        public ref Slot Find(long number)
        {
            var at = (int)(number >> StripeBits) & ((1 << SlotBits) - 1);
            if (at >= Used)
            {
                return ref Unsafe.NullRef<Slot>();
            }

            ref var slot = ref Slots[at];
            if (slot.Item is null || slot.Generation != (uint)(number >> (SlotBits + StripeBits)))
            {
                return ref Unsafe.NullRef<Slot>();
            }

            return ref slot;
        }

        public IAwaitsAnswer Free(ref Slot slot, long number)
        {
            var item = slot.Item!;
            slot.Item = null;
            slot.Connection = null;
            slot.NextFree = FirstFree;
            FirstFree = (int)(number >> StripeBits) & ((1 << SlotBits) - 1);
            Count--;
            return item;
        }
    }
}
