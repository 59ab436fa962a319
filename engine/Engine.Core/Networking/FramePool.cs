namespace Orleans.Runtime.Networking;

/// <summary>Unused frames: a few per thread, and a bounded store that threads exchange batches with, since one thread rents and another returns.</summary>
internal static class FramePool
{
    /// <summary>Frames that one thread keeps.</summary>
    private const int PerThread = 64;

    /// <summary>Frames that all threads share; those beyond it are left to the garbage collector.</summary>
    private const int Shared = 2048;

    private const int Batch = PerThread / 2;

    private static readonly Stack<OutgoingFrame> Store = new();

    [ThreadStatic]
    private static Cache? _cache;

    public static OutgoingFrame? TryTake()
    {
        var cache = _cache ??= new Cache();
        if (cache.Count == 0)
            Refill(cache);
        return cache.Count > 0 ? cache.Items[--cache.Count] : null;
    }

    public static void Give(OutgoingFrame frame)
    {
        var cache = _cache ??= new Cache();
        if (cache.Count == PerThread)
            Spill(cache);
        cache.Items[cache.Count++] = frame;
    }

    private static void Refill(Cache cache)
    {
        lock (Store)
        {
            while (cache.Count < Batch && Store.TryPop(out var frame))
                cache.Items[cache.Count++] = frame;
        }
    }

    private static void Spill(Cache cache)
    {
        lock (Store)
        {
            for (var i = 0; i < Batch; i++)
            {
                var frame = cache.Items[--cache.Count];
                if (Store.Count < Shared)
                    Store.Push(frame);
            }
        }
    }

    private sealed class Cache
    {
        public OutgoingFrame[] Items { get; } = new OutgoingFrame[PerThread];

        public int Count { get; set; }
    }
}
