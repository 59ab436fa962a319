using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>A stream of a provider.</summary>
internal sealed class MemoryStreamReference<T>(MemoryStreamProvider provider, StreamId id) : IAsyncStream<T>
{
    private readonly IMemoryStreamPartition _partition = provider.PartitionOf(id);

    public bool IsRewindable => provider.IsRewindable;
    public string ProviderName => provider.Name;
    public StreamId StreamId => id;

    // The token of a produced item is the partition's to give.
    public Task OnNextAsync(T item, StreamSequenceToken? token = null) => _partition.Enqueue(id, item).AsTask();

    public Task OnNextBatchAsync(IEnumerable<T> batch, StreamSequenceToken? token = null)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return _partition.EnqueueBatch(id, [.. batch.Cast<object?>()]).AsTask();
    }

    public Task OnCompletedAsync() => throw new NotSupportedException("A memory stream never ends.");
    public Task OnErrorAsync(Exception ex) => throw new NotSupportedException("A memory stream carries no errors.");

    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncObserver<T> observer) => Handle().ResumeAsync(observer);
    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncBatchObserver<T> observer) => Handle().ResumeAsync(observer);
    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncBatchObserver<T> observer, StreamSequenceToken? token) => Handle().ResumeAsync(observer, token);

    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncObserver<T> observer, StreamSequenceToken? token, string? filterData = null)
    {
        if (filterData is not null)
            throw new NotSupportedException("Subscriptions have no filters.");
        return Handle().ResumeAsync(observer, token);
    }

    public Task<IList<StreamSubscriptionHandle<T>>> GetAllSubscriptionHandles() =>
        Task.FromResult<IList<StreamSubscriptionHandle<T>>>(FindHandle() is { } handle ? [handle] : []);

    public bool Equals(IAsyncStream<T>? other) => other is not null && other.ProviderName == ProviderName && other.StreamId == StreamId;
    public override bool Equals(object? obj) => Equals(obj as IAsyncStream<T>);
    public override int GetHashCode() => id.GetHashCode();

    public int CompareTo(IAsyncStream<T>? other)
    {
        if (other is null)
            return 1;
        var byProvider = string.CompareOrdinal(ProviderName, other.ProviderName);
        return byProvider != 0 ? byProvider : StreamId.CompareTo(other.StreamId);
    }

    private ImplicitSubscriptionHandle<T>? FindHandle() =>
        provider.FindSubscription(id) is var (consumer, subscription) ? new(consumer, subscription) : null;

    private ImplicitSubscriptionHandle<T> Handle() => FindHandle()
        ?? throw new NotSupportedException($"Only a grain whose class has an {nameof(ImplicitStreamSubscriptionAttribute)} for '{id.GetNamespace()}', and whose key is the stream's, can subscribe to {id}.");
}
