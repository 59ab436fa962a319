using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>A subscription as its grain holds it.</summary>
internal sealed class ImplicitSubscriptionHandle<T>(StreamConsumer consumer, StreamSubscription subscription) : StreamSubscriptionHandle<T>
{
    public override StreamId StreamId => subscription.Stream;
    public override string ProviderName => subscription.ProviderName;
    public override Guid HandleId => subscription.Id;

    public override Task<StreamSubscriptionHandle<T>> ResumeAsync(IAsyncObserver<T> observer, StreamSequenceToken? token = null)
    {
        ArgumentNullException.ThrowIfNull(observer);
        return Attach(new AttachedItemObserver<T>(observer), token);
    }

    public override Task<StreamSubscriptionHandle<T>> ResumeAsync(IAsyncBatchObserver<T> observer, StreamSequenceToken? token = null)
    {
        ArgumentNullException.ThrowIfNull(observer);
        return Attach(new AttachedBatchObserver<T>(observer), token);
    }

    public override Task UnsubscribeAsync()
    {
        consumer.Detach(subscription.Id);
        return Task.CompletedTask;
    }

    public override bool Equals(StreamSubscriptionHandle<T>? other) => other is not null && other.HandleId == HandleId;

    private Task<StreamSubscriptionHandle<T>> Attach(AttachedObserver observer, StreamSequenceToken? token)
    {
        if (token is not null)
            throw new NotSupportedException("Memory streams can't be read from a token: what was delivered is not kept.");
        consumer.Attach(subscription.Id, observer);
        return Task.FromResult<StreamSubscriptionHandle<T>>(this);
    }
}
