namespace Orleans.Runtime.Networking;

/// <summary>What a drain finds when it looks for more.</summary>
internal enum DrainStep
{
    Frames,

    /// <summary>There is nothing, and the next to add a frame starts another drain.</summary>
    Idle,

    Closed,
}

/// <summary>
/// The frames that wait on one connection: added by any thread without a lock, taken all at once by the one drain that is
/// under way. Its head is a mark while nobody drains and another when it is closed.
/// </summary>
internal sealed class SendQueue(int maxFrames, long maxBytes)
{
    /// <summary>Bits of the load that count bytes; those above count frames.</summary>
    private const int BytesBits = 40;

    private const long OneFrame = 1L << BytesBits;

    /// <summary>Nobody drains: whoever adds the next frame starts a drain.</summary>
    private static readonly OutgoingFrame Idle = OutgoingFrame.CreateMark();

    private static readonly OutgoingFrame Ended = OutgoingFrame.CreateMark();

    private readonly long _maxFrames = Math.Min(maxFrames, long.MaxValue >> (BytesBits + 1));
    private readonly long _maxBytes = Math.Min(maxBytes, OneFrame / 2);
    private OutgoingFrame? _newest = Idle;
    private long _load;

    public bool IsIdle => ReferenceEquals(Volatile.Read(ref _newest), Idle);

    /// <summary>How many frames wait or are being written.</summary>
    public int Frames => (int)(Volatile.Read(ref _load) >> BytesBits);

    public long Bytes => Volatile.Read(ref _load) & (OneFrame - 1);

    /// <param name="mustDrain">The caller has to start a drain.</param>
    public SendOutcome TryAdd(OutgoingFrame frame, out bool mustDrain)
    {
        mustDrain = false;
        var weight = OneFrame + frame.Length;
        var load = Interlocked.Add(ref _load, weight);
        if ((load >> BytesBits) > _maxFrames || ((load & (OneFrame - 1)) > _maxBytes && load != weight))
        {
            Interlocked.Add(ref _load, -weight);
            return Volatile.Read(ref _newest) == Ended ? SendOutcome.Closed : SendOutcome.Full;
        }

        var newest = Volatile.Read(ref _newest);
        while (!ReferenceEquals(newest, Ended))
        {
            var isIdle = ReferenceEquals(newest, Idle);
            frame.Next = isIdle ? null : newest;
            var seen = Interlocked.CompareExchange(ref _newest, frame, newest);
            if (ReferenceEquals(seen, newest))
            {
                mustDrain = isIdle;
                return SendOutcome.Queued;
            }

            newest = seen;
        }

        frame.Next = null;
        Interlocked.Add(ref _load, -weight);
        return SendOutcome.Closed;
    }

    /// <summary>Takes everything, oldest first, linked; only within a drain, which is over unless there are frames.</summary>
    public DrainStep Take(out OutgoingFrame? oldest)
    {
        oldest = null;
        while (true)
        {
            var newest = Volatile.Read(ref _newest);
            if (ReferenceEquals(newest, Ended))
                return DrainStep.Closed;

            var isEmpty = newest is null;
            if (!ReferenceEquals(Interlocked.CompareExchange(ref _newest, isEmpty ? Idle : null, newest), newest))
                continue;
            if (isEmpty)
                return DrainStep.Idle;
            oldest = Reverse(newest!);
            return DrainStep.Frames;
        }
    }

    /// <summary>Frames of this many bytes have been written: others may take their place.</summary>
    public void Release(int frames, long bytes) => Interlocked.Add(ref _load, -(frames * OneFrame + bytes));

    /// <summary>Takes no more frames from now on, and answers those that waited, oldest first.</summary>
    /// <param name="isDraining">A drain is under way or about to start, and will find the queue closed.</param>
    public OutgoingFrame? Close(out bool isDraining)
    {
        var newest = Interlocked.Exchange(ref _newest, Ended);
        isDraining = !ReferenceEquals(newest, Idle) && !ReferenceEquals(newest, Ended);
        return isDraining && newest is not null ? Reverse(newest) : null;
    }

    private static OutgoingFrame Reverse(OutgoingFrame newest)
    {
        OutgoingFrame? newer = null;
        for (var frame = newest; ;)
        {
            var older = frame.Next;
            frame.Next = newer;
            if (older is null)
                return frame;
            newer = frame;
            frame = older;
        }
    }
}
