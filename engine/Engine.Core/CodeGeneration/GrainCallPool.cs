namespace Engine.CodeGeneration;

/// <summary>The unused calls of one method: a few per thread, and a bounded store that threads exchange batches with.</summary>
public static class GrainCallPool<TCall> where TCall : GrainCall, new()
{
    /// <summary>Calls that one thread keeps.</summary>
    private const int PerThread = 64;

    /// <summary>Calls that all threads share; those beyond it are left to the garbage collector.</summary>
    private const int Shared = 4096;

    private const int Batch = PerThread / 2;

    private static readonly Stack<TCall> Store = new();

    [ThreadStatic]
    private static Cache? _cache;

    public static TCall Rent()
    {
        var cache = _cache ??= new Cache();
        if (cache.Count == 0)
        {
            Refill(cache);
        }

        return cache.Count > 0 ? cache.Items[--cache.Count] : new TCall();
    }

    /// <summary>The caller must not use the call afterwards.</summary>
    public static void Return(TCall call)
    {
        var cache = _cache ??= new Cache();
        if (cache.Count == PerThread)
        {
            Spill(cache);
        }

        cache.Items[cache.Count++] = call;
    }

    private static void Refill(Cache cache)
    {
        lock (Store)
        {
            while (cache.Count < Batch && Store.TryPop(out var call))
            {
                cache.Items[cache.Count++] = call;
            }
        }
    }

    private static void Spill(Cache cache)
    {
        lock (Store)
        {
            for (var i = 0; i < Batch; i++)
            {
                var call = cache.Items[--cache.Count];
                if (Store.Count < Shared)
                {
                    Store.Push(call);
                }
            }
        }
    }

    private sealed class Cache
    {
        public TCall[] Items { get; } = new TCall[PerThread];

        public int Count { get; set; }
    }
}
