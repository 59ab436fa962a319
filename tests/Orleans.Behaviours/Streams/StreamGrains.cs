using System.Collections.Concurrent;
using Orleans.Behaviours.Support;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace Orleans.Behaviours.Streams;

public static class StreamNames
{
    public const string Provider = "streams";
    public const string Subscribing = "behaviours.subscribing";
    public const string Observing = "behaviours.observing";
    public const string Batches = "behaviours.batches";
    public const string Refusing = "behaviours.refusing";
    public const string Guids = "behaviours.guids";
    public const string Nobody = "behaviours.nobody";
}

[GenerateSerializer]
public sealed record Reading([property: Id(0)] string Sensor, [property: Id(1)] int Value);

public interface IConsumerGrain : IGrainWithStringKey;

/// <summary>Attaches itself when it is activated.</summary>
[ImplicitStreamSubscription(StreamNames.Subscribing)]
public sealed class SubscribingGrain : Grain, IConsumerGrain
{
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var key = this.GetPrimaryKeyString();
        var stream = this.GetStreamProvider(StreamNames.Provider).GetStream<string>(StreamId.Create(StreamNames.Subscribing, key));
        await stream.SubscribeAsync((item, _) =>
        {
            Trace.Of(key).Add("subscribing " + item);
            return Task.CompletedTask;
        });
    }
}

/// <summary>Attaches itself when a subscription is shown to it; it has two.</summary>
[ImplicitStreamSubscription(StreamNames.Subscribing)]
[ImplicitStreamSubscription(StreamNames.Observing)]
public sealed class ObservingGrain : Grain, IConsumerGrain, IStreamSubscriptionObserver
{
    public async Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory)
    {
        var key = this.GetPrimaryKeyString();
        if (handleFactory.StreamId.GetNamespace() == StreamNames.Observing)
            await handleFactory.Create<Reading>().ResumeAsync(new Observer<Reading>(r => Trace.Of(key).Add($"{r.Sensor}={r.Value}")));
        else
            await handleFactory.Create<string>().ResumeAsync(new Observer<string>(s => Trace.Of(key).Add("observing " + s)));
    }

    private sealed class Observer<T>(Action<T> onNext) : IAsyncObserver<T>
    {
        public Task OnNextAsync(T item, StreamSequenceToken? token = null)
        {
            onNext(item);
            return Task.CompletedTask;
        }

        public Task OnErrorAsync(Exception ex) => Task.CompletedTask;
    }
}

[ImplicitStreamSubscription(StreamNames.Batches)]
public sealed class BatchGrain : Grain, IConsumerGrain, IStreamSubscriptionObserver, IAsyncBatchObserver<int>
{
    public async Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) => await handleFactory.Create<int>().ResumeAsync(this);

    public Task OnNextAsync(IList<SequentialItem<int>> items)
    {
        foreach (var item in items)
            Trace.Of(this.GetPrimaryKeyString()).Add($"{item.Item}");
        return Task.CompletedTask;
    }

    public Task OnErrorAsync(Exception ex) => Task.CompletedTask;
}

/// <summary>Refuses the items a test has named, as often as it has said.</summary>
[ImplicitStreamSubscription(StreamNames.Refusing)]
public sealed class RefusingGrain : Grain, IConsumerGrain, IStreamSubscriptionObserver, IAsyncObserver<string>
{
    private static readonly ConcurrentDictionary<string, int> s_refusals = new(StringComparer.Ordinal);

    public static void Refuse(string key, string item, int times) => s_refusals[key + item] = times;

    public async Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) => await handleFactory.Create<string>().ResumeAsync(this);

    public Task OnNextAsync(string item, StreamSequenceToken? token = null)
    {
        var key = this.GetPrimaryKeyString();
        if (s_refusals.TryGetValue(key + item, out var times) && times > 0)
        {
            s_refusals[key + item] = times - 1;
            throw new InvalidOperationException($"{item} is refused.");
        }

        Trace.Of(key).Add(item);
        return Task.CompletedTask;
    }

    public Task OnErrorAsync(Exception ex)
    {
        Trace.Of(this.GetPrimaryKeyString()).Add("error");
        return Task.CompletedTask;
    }
}

public interface IGuidConsumerGrain : IGrainWithGuidKey;

[ImplicitStreamSubscription(StreamNames.Guids)]
public sealed class GuidConsumerGrain : Grain, IGuidConsumerGrain, IStreamSubscriptionObserver
{
    public async Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory)
    {
        var trace = Trace.Of(this.GetPrimaryKey().ToString());
        await handleFactory.Create<string>().ResumeAsync((item, _) =>
        {
            trace.Add(item);
            return Task.CompletedTask;
        });
    }
}

public interface IProducerGrain : IGrainWithStringKey
{
    Task Produce(StreamId stream, string item);
}

public sealed class ProducerGrain : Grain, IProducerGrain
{
    public Task Produce(StreamId stream, string item) => this.GetStreamProvider(StreamNames.Provider).GetStream<string>(stream).OnNextAsync(item);
}
