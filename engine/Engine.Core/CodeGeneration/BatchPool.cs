namespace Engine.CodeGeneration;

/// <summary>
/// Unused objects of one type: a few per thread, and a bounded store that threads exchange batches with, since often one
/// thread takes and another gives.
/// </summary>
internal static class BatchPool<T> where T : class
{
    /// <summary>Objects that one thread keeps.</summary>
    private const int PerThread = 64;

    /// <summary>Objects that all threads share; those beyond it are left to the garbage collector.</summary>
    private const int Shared = 4096;

    private const int Batch = PerThread / 2;

    private static readonly Stack<T> Store = new();

    [ThreadStatic]
    private static Cache? _cache;

    public static T? TryTake()
    {
        var cache = _cache ??= new Cache();
        if (cache.Count == 0)
        {
            Refill(cache);
        }

        return cache.Count > 0 ? cache.Items[--cache.Count] : null;
    }

    /// <summary>The caller must not use the object afterwards.</summary>
    public static void Give(T item)
    {
        var cache = _cache ??= new Cache();
        if (cache.Count == PerThread)
        {
            Spill(cache);
        }

        cache.Items[cache.Count++] = item;
    }

    private static void Refill(Cache cache)
    {
        lock (Store)
        {
            while (cache.Count < Batch && Store.TryPop(out var item))
            {
                cache.Items[cache.Count++] = item;
            }
        }
    }

    private static void Spill(Cache cache)
    {
        lock (Store)
        {
            for (var i = 0; i < Batch; i++)
            {
                var item = cache.Items[--cache.Count];
                if (Store.Count < Shared)
                {
                    Store.Push(item);
                }
            }
        }
    }

    private sealed class Cache
    {
        public T[] Items { get; } = new T[PerThread];

        public int Count { get; set; }
    }
}
