using Crescent.EventStore.InMemory;
using Crescent.EventStore.PersonalData;

namespace Crescent.EventStore.Tests;

/// <summary>An empty event store of one kind, as the contract suite needs it.</summary>
public abstract class StoreFixture : IDisposable
{
    public abstract IEventStore Store { get; }

    public abstract IPersonalKeys Keys { get; }

    public abstract ILogSignal Signal { get; }

    public abstract void Dispose();
}

public sealed class InMemoryFixture : StoreFixture
{
    readonly InMemoryEventStore _store = new(Sample.Types);

    public override IEventStore Store => _store;

    public override IPersonalKeys Keys => _store.PersonalKeys;

    public override ILogSignal Signal => _store.Signal;

    public override void Dispose() { }
}
