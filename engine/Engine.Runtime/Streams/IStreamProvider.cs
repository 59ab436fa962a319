using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>Gives streams.</summary>
public interface IStreamProvider
{
    string Name { get; }

    /// <summary>Whether consumers can begin at an earlier token.</summary>
    bool IsRewindable { get; }

    /// <summary>A stream; it needs no creating.</summary>
    IAsyncStream<T> GetStream<T>(StreamId streamId);
}

/// <summary>Streams by namespace and key.</summary>
public static class StreamProviderExtensions
{
    public static IAsyncStream<T> GetStream<T>(this IStreamProvider streamProvider, Guid id) => streamProvider.GetStream<T>(StreamId.Create(null, id));
    public static IAsyncStream<T> GetStream<T>(this IStreamProvider streamProvider, string ns, Guid id) => streamProvider.GetStream<T>(StreamId.Create(ns, id));
    public static IAsyncStream<T> GetStream<T>(this IStreamProvider streamProvider, string id) => streamProvider.GetStream<T>(StreamId.Create(null, id));
    public static IAsyncStream<T> GetStream<T>(this IStreamProvider streamProvider, string ns, string id) => streamProvider.GetStream<T>(StreamId.Create(ns, id));
    public static IAsyncStream<T> GetStream<T>(this IStreamProvider streamProvider, long id) => streamProvider.GetStream<T>(StreamId.Create(null, id));
    public static IAsyncStream<T> GetStream<T>(this IStreamProvider streamProvider, string ns, long id) => streamProvider.GetStream<T>(StreamId.Create(ns, id));
}

/// <summary>Which kinds of subscription a provider has.</summary>
public enum StreamPubSubType
{
    /// <summary>Both kinds.</summary>
    ExplicitGrainBasedAndImplicit = 0,

    /// <summary>Subscriptions made at run time.</summary>
    ExplicitGrainBasedOnly = 1,

    /// <summary>Subscriptions declared by <see cref="ImplicitStreamSubscriptionAttribute"/>.</summary>
    ImplicitOnly = 2,
}
