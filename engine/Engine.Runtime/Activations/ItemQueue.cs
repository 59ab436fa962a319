using Engine.CodeGeneration;

namespace Orleans.Runtime;

/// <summary>A queue through the links of its items; for one thread at a time.</summary>
internal struct ItemQueue
{
    private MailboxItem? _head;
    private MailboxItem? _tail;

    public readonly bool IsEmpty => _head is null;

    public int Count { get; private set; }

    public void Add(MailboxItem item)
    {
        Count++;
        item.Next = null;
        if (_tail is null)
        {
            _head = item;
        }
        else
        {
            _tail.Next = item;
        }

        _tail = item;
    }

    public bool TryTake(out MailboxItem item)
    {
        item = _head!;
        if (item is null)
        {
            return false;
        }

        _head = item.Next;
        if (_head is null)
        {
            _tail = null;
        }

        item.Next = null;
        Count--;
        return true;
    }

    /// <summary>Takes the oldest that matches, from wherever it is.</summary>
    public bool TryTakeFirst(Func<MailboxItem, bool> matches, out MailboxItem item)
    {
        MailboxItem? before = null;
        for (item = _head!; item is not null; before = item, item = item.Next!)
        {
            if (!matches(item))
            {
                continue;
            }

            if (before is null)
            {
                return TryTake(out item);
            }

            before.Next = item.Next;
            if (ReferenceEquals(_tail, item))
            {
                _tail = before;
            }

            item.Next = null;
            Count--;
            return true;
        }

        return false;
    }
}
