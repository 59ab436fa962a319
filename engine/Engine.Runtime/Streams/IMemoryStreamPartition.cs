using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>A partition of a provider of memory streams. Its key is <c>provider/number</c>.</summary>
internal interface IMemoryStreamPartition : IGrainWithStringKey
{
    /// <summary>Takes an item; it is delivered soon after.</summary>
    /// <exception cref="LimitExceededException">The partition is full.</exception>
    ValueTask Enqueue(StreamId stream, object? item);

    /// <summary>Takes all of a batch, or nothing.</summary>
    /// <exception cref="LimitExceededException">The partition is too full for all of them.</exception>
    ValueTask EnqueueBatch(StreamId stream, object?[] items);
}

/// <summary>The consuming side of an activation: partitions deliver to it, ahead of the grain's own methods.</summary>
internal interface IStreamConsumer : IGrainExtension
{
    /// <summary>Hands the items to the observer, one after the other, until one is refused or the time is up.</summary>
    ValueTask<DeliveryOutcome> Deliver(StreamSubscription subscription, StreamItem[] items);

    /// <summary>Tells the observer that items could not be delivered and are skipped.</summary>
    ValueTask Skipped(StreamSubscription subscription, string reason);
}

/// <summary>A stream and the grain class that is subscribed to it.</summary>
[GenerateSerializer, Immutable]
internal sealed record StreamSubscription([property: Id(0)] Guid Id, [property: Id(1)] string ProviderName, [property: Id(2)] StreamId Stream);

/// <summary>An item on its way.</summary>
/// <param name="Sequence">The number of the produced batch.</param>
/// <param name="Index">The place in the batch.</param>
/// <param name="Value">What was produced.</param>
[GenerateSerializer]
internal readonly record struct StreamItem([property: Id(0)] long Sequence, [property: Id(1)] int Index, [property: Id(2)] object? Value);

/// <summary>How far a delivery got.</summary>
/// <param name="Delivered">How many items the observer has taken.</param>
/// <param name="Refused">How many items the call was about that the observer failed on; 0 if it failed on none.</param>
[GenerateSerializer, Immutable]
internal readonly record struct DeliveryOutcome([property: Id(0)] int Delivered, [property: Id(1)] int Refused);
