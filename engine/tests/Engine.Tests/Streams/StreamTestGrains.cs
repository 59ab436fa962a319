using Orleans;
using Orleans.Runtime;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace Engine.Tests.Streams;

/// <summary>What the consumers of a test have got, and what they do about it.</summary>
internal sealed class ConsumerScript
{
    private readonly Lock _lock = new();
    private readonly List<string> _got = [];

    public Func<string, Task> OnNext { get; set; } = static _ => Task.CompletedTask;

    public IReadOnlyList<string> Got
    {
        get
        {
            lock (_lock)
                return [.. _got];
        }
    }

    public void Add(string entry)
    {
        lock (_lock)
            _got.Add(entry);
    }
}

public interface IScriptedConsumerGrain : IGrainWithStringKey;

/// <summary>Attaches its observer when the first item comes.</summary>
[ImplicitStreamSubscription("scripted")]
internal sealed class ScriptedConsumerGrain(ConsumerScript script) : Grain, IScriptedConsumerGrain, IStreamSubscriptionObserver, IAsyncObserver<string>
{
    public async Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) => await handleFactory.Create<string>().ResumeAsync(this);

    public async Task OnNextAsync(string item, StreamSequenceToken? token = null)
    {
        await script.OnNext(item);
        script.Add(item);
    }

    public Task OnErrorAsync(Exception ex)
    {
        script.Add(ex.GetType().Name);
        return Task.CompletedTask;
    }
}

public interface ILateConsumerGrain : IGrainWithIntegerKey
{
    Task Attach();

    Task Detach();
}

/// <summary>Attaches its observer when it is told to.</summary>
[ImplicitStreamSubscription("late")]
internal sealed class LateConsumerGrain(ConsumerScript script) : Grain, ILateConsumerGrain
{
    public async Task Attach() => await Stream.SubscribeAsync((item, _) =>
    {
        script.Add(item);
        return Task.CompletedTask;
    });

    public async Task Detach()
    {
        foreach (var handle in await Stream.GetAllSubscriptionHandles())
            await handle.UnsubscribeAsync();
    }

    private IAsyncStream<string> Stream => this.GetStreamProvider(StreamSilo.Provider).GetStream<string>(StreamId.Create("late", this.GetPrimaryKeyLong()));
}
