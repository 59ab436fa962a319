using Engine.CodeGeneration;

namespace Orleans.Runtime;

/// <summary>Work in a mailbox that is no call.</summary>
internal abstract class TurnItem : MailboxItem
{
    public abstract void Run();
}

/// <summary>A task that was scheduled on the grain's scheduler.</summary>
internal sealed class TaskItem(TurnScheduler scheduler, Task task) : TurnItem
{
    public override void Run() => scheduler.Execute(task);
}

/// <summary>A function with its state.</summary>
internal sealed class ActionItem(Action<object> action, object state) : TurnItem
{
    public override void Run() => action(state);
}
