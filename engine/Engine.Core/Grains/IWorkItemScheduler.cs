namespace Orleans.Runtime;

/// <summary>Queues work that runs as turns of one activation, one after the other.</summary>
public interface IWorkItemScheduler
{
    void QueueAction(Action action);

    void QueueAction(Action<object> action, object state);

    void QueueTask(Task task);
}
