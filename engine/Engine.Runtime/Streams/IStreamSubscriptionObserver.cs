using Orleans.Runtime;

namespace Orleans.Streams.Core;

/// <summary>A grain implements it to attach its observer when the first item of a subscription arrives.</summary>
public interface IStreamSubscriptionObserver
{
    /// <summary>Called before the first delivery of a subscription to this activation.</summary>
    Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory);
}

/// <summary>Makes the handle of a subscription, once its item type is known.</summary>
public interface IStreamSubscriptionHandleFactory
{
    StreamId StreamId { get; }
    string ProviderName { get; }
    GuidId SubscriptionId { get; }

    /// <summary>The handle; <see cref="StreamSubscriptionHandle{T}.ResumeAsync(IAsyncObserver{T}, StreamSequenceToken)"/> attaches the observer.</summary>
    StreamSubscriptionHandle<T> Create<T>();
}
