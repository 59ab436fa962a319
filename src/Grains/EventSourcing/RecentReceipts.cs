namespace Crescent.Grains.EventSourcing;

/// <summary>The receipts of the last commands, up to a bound. A fast path only: the store's index knows them all.</summary>
sealed class RecentReceipts(int capacity)
{
    readonly Dictionary<Guid, CommandReceipt> _byCommand = [];
    readonly Queue<Guid> _oldestFirst = [];

    public bool TryGet(Guid commandId, out CommandReceipt receipt) => _byCommand.TryGetValue(commandId, out receipt);

    public void Add(Guid commandId, CommandReceipt receipt)
    {
        if (capacity == 0 || !_byCommand.TryAdd(commandId, receipt)) return;
        _oldestFirst.Enqueue(commandId);
        if (_oldestFirst.Count > capacity) _byCommand.Remove(_oldestFirst.Dequeue());
    }
}
