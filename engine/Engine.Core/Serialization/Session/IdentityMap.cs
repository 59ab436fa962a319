using System.Runtime.CompilerServices;

namespace Orleans.Serialization.Session;

/// <summary>A map from objects, by identity. Small maps, the usual ones, are searched in place and cost no allocation.</summary>
internal sealed class IdentityMap<TValue>
{
    private const int Small = 16;

    private readonly object[] _keys = new object[Small];
    private readonly TValue[] _values = new TValue[Small];
    private Dictionary<object, TValue>? _large;

    public int Count { get; private set; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryGet(object key, out TValue value)
    {
        var keys = _keys;
        var count = Math.Min(Count, Small);
        for (var i = 0; i < count; i++)
        {
            if (ReferenceEquals(keys[i], key))
            {
                value = _values[i];
                return true;
            }
        }

        if (Count > Small)
            return _large!.TryGetValue(key, out value!);

        value = default!;
        return false;
    }

    public void Add(object key, TValue value)
    {
        if (Count < Small)
        {
            _keys[Count] = key;
            _values[Count] = value;
        }
        else
        {
            (_large ??= new(ReferenceEqualityComparer.Instance)).Add(key, value);
        }

        Count++;
    }

    /// <summary>Empties the map; a dictionary that had to grow is let go, so that one large graph does not stay in memory.</summary>
    public void Clear()
    {
        var count = Math.Min(Count, Small);
        Array.Clear(_keys, 0, count);
        Array.Clear(_values, 0, count);
        if (Count > 1024)
            _large = null;
        else
            _large?.Clear();

        Count = 0;
    }
}
