using Engine.CodeGeneration;

namespace Orleans.Runtime;

/// <summary>
/// The single-thread guarantee. Everything an activation does goes through this mailbox, which at most one thread of the
/// pool drains at a time. All of it runs within a task of this scheduler: awaits come back here, and tasks which grain
/// code starts stay here.
/// </summary>
internal sealed class TurnScheduler : TaskScheduler, IThreadPoolWorkItem, IWorkItemScheduler
{
    /// <summary>Turns of one drain; then others get the thread.</summary>
    private const int MaxTurnsPerDrain = 256;

    /// <summary>How many turns pass between two looks at the clock.</summary>
    private const int TurnsPerClockReading = 8;

    /// <summary>Length of one drain, unless the turns between two looks at the clock take longer.</summary>
    private static readonly long MaxDrain = TimeProvider.System.TimestampFrequency / 200;

    private static readonly Action<object?> DrainAction = static scheduler => ((TurnScheduler)scheduler!).Drain();

    private readonly Activation _activation;
    private MailboxItem? _arrived;
    private MailboxItem? _next;
    private int _scheduled;

    public TurnScheduler(Activation activation) => _activation = activation;

    /// <summary>Whether the calling thread is running a turn of this activation.</summary>
    public bool IsCurrent => ReferenceEquals(RuntimeContext.Current, _activation);

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Puts an item at the end of the mailbox.</summary>
    public void Enqueue(MailboxItem item)
    {
        var head = Volatile.Read(ref _arrived);
        while (true)
        {
            item.Next = head;
            var seen = Interlocked.CompareExchange(ref _arrived, item, head);
            if (ReferenceEquals(seen, head))
            {
                break;
            }

            head = seen;
        }

        // Whoever put the first of those that have arrived has seen to it that a drain will come.
        if (head is null)
        {
            Schedule();
        }
    }

    /// <summary>Takes the oldest item; only within a drain.</summary>
    public bool TryTake(out MailboxItem item)
    {
        item = _next!;
        if (item is null)
        {
            if (Volatile.Read(ref _arrived) is null)
            {
                return false;
            }

            item = Reverse(Interlocked.Exchange(ref _arrived, null)!);
        }

        _next = item.Next;
        item.Next = null;
        return true;
    }

    public void QueueAction(Action action) => Enqueue(new ActionItem(static run => ((Action)run)(), action));

    public void QueueAction(Action<object> action, object state) => Enqueue(new ActionItem(action, state));

    void IWorkItemScheduler.QueueTask(Task task) => task.Start(this);

    public void Execute(Task task) => TryExecuteTask(task);

    /// <summary>A thread of the pool comes to drain.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        RuntimeContext.Current = _activation;
        try
        {
            if (!RunTasks())
            {
                new Task(DrainAction, this, CancellationToken.None, TaskCreationOptions.DenyChildAttach).Start(this);
            }
        }
        finally
        {
            RuntimeContext.Current = null;
        }

        if (_next is not null || _activation.HasReadyWork)
        {
            // The slice is used up. The global queue is fair: whatever waits in it comes first.
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            return;
        }

        Interlocked.Exchange(ref _scheduled, 0);
        if (Volatile.Read(ref _arrived) is not null)
        {
            Schedule();
        }
    }

    protected override void QueueTask(Task task)
    {
        // Only a drain has the scheduler as its state; it runs here and now.
        if (ReferenceEquals(task.AsyncState, this))
        {
            TryExecuteTask(task);
            return;
        }

        Enqueue(new TaskItem(this, task));
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => IsCurrent && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => [];

    private void Schedule()
    {
        if (Interlocked.Exchange(ref _scheduled, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    /// <summary>Runs what is a task already, and needs no other around it: the usual way back from an await.</summary>
    /// <returns>Whether nothing else is left to do.</returns>
    private bool RunTasks()
    {
        var begin = TimeProvider.System.GetTimestamp();
        for (var turns = 0; !_activation.HasReadyWork; turns++)
        {
            if (!TryTake(out var item))
            {
                return true;
            }

            if (item is not TaskItem task || IsUsedUp(turns, begin))
            {
                item.Next = _next;
                _next = item;
                return false;
            }

            task.Run();
        }

        return false;
    }

    private void Drain()
    {
        var clean = ExecutionContext.Capture()!;
        var begin = TimeProvider.System.GetTimestamp();
        for (var turns = 0; !IsUsedUp(turns, begin) && _activation.RunTurn(); turns++)
        {
            // What one turn left in async locals is not for the next.
            if (!ReferenceEquals(ExecutionContext.Capture(), clean))
            {
                ExecutionContext.Restore(clean);
            }
        }
    }

    /// <summary>Whether others should get the thread. This is about real time, whatever clock the silo has.</summary>
    private static bool IsUsedUp(int turns, long begin) =>
        turns == MaxTurnsPerDrain
        || (turns % TurnsPerClockReading == TurnsPerClockReading - 1 && TimeProvider.System.GetTimestamp() - begin > MaxDrain);

    private static MailboxItem Reverse(MailboxItem newest)
    {
        MailboxItem? newer = null;
        for (var item = newest; ;)
        {
            var next = item.Next;
            item.Next = newer;
            if (next is null)
            {
                return item;
            }

            newer = item;
            item = next;
        }
    }
}
