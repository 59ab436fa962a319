namespace Orleans.Serialization.Session;

/// <summary>A small pool without allocations: one slot a processor, more or less, each emptied and filled by an exchange.</summary>
internal sealed class ObjectSlots<T> where T : class
{
    private const int Slots = 16;

    private readonly T?[] _slots = new T?[Slots];

    public T? TryTake()
    {
        ref var slot = ref _slots[Thread.GetCurrentProcessorId() & (Slots - 1)];
        return slot is null ? null : Interlocked.Exchange(ref slot, null);
    }

    /// <summary>Keeps the object, or lets it go if the slot is taken.</summary>
    public void Give(T value) => Volatile.Write(ref _slots[Thread.GetCurrentProcessorId() & (Slots - 1)], value);
}
