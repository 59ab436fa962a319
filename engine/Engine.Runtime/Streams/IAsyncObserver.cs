namespace Orleans.Streams;

/// <summary>Takes the items of a stream one by one.</summary>
public interface IAsyncObserver<in T>
{
    /// <summary>An item. A task that fails has the item delivered again, and those after it wait.</summary>
    Task OnNextAsync(T item, StreamSequenceToken? token = null);

    /// <summary>The stream has ended; memory streams never end.</summary>
    Task OnCompletedAsync() => Task.CompletedTask;

    /// <summary>An item could not be delivered in time and is skipped.</summary>
    Task OnErrorAsync(Exception ex);
}

/// <summary>Takes the items of a stream in batches.</summary>
public interface IAsyncBatchObserver<T>
{
    /// <summary>The next items. A task that fails has all of them delivered again.</summary>
    Task OnNextAsync(IList<SequentialItem<T>> items);

    /// <summary>The stream has ended; memory streams never end.</summary>
    Task OnCompletedAsync() => Task.CompletedTask;

    /// <summary>Items could not be delivered in time and are skipped.</summary>
    Task OnErrorAsync(Exception ex);
}

/// <summary>An item and its place in the stream.</summary>
public class SequentialItem<T>(T item, StreamSequenceToken token)
{
    public T Item { get; } = item;
    public StreamSequenceToken Token { get; } = token;
}
