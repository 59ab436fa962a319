using Orleans.EventSourcing;
using Orleans.EventSourcing.CustomStorage;
using Orleans.Providers;

namespace Benchmarks.Engine;

[GenerateSerializer]
public sealed class CounterState
{
    [Id(0)]
    public long Total { get; set; }
}

public sealed record CounterEvent(int Amount);

/// <summary>A journaled grain over a storage that only counts.</summary>
public interface ICounterGrain : IGrainWithIntegerKey
{
    ValueTask Run();

    Task Add(int amount);

    /// <summary>Adds one after the other, each confirmed before the next.</summary>
    Task AddInTurn(int times);
}

[LogConsistencyProvider(ProviderName = Provider)]
public sealed class CounterGrain : JournaledGrain<CounterState, CounterEvent>, ICounterGrain, ICustomStorageInterface<CounterState, CounterEvent>
{
    public const string Provider = "events";

    private static readonly Task<bool> Stored = Task.FromResult(true);
    private static readonly Task<bool> Refused = Task.FromResult(false);
    private int _stored;

    public ValueTask Run() => ValueTask.CompletedTask;

    public Task Add(int amount)
    {
        RaiseEvent(new CounterEvent(amount));
        return ConfirmEvents();
    }

    public async Task AddInTurn(int times)
    {
        for (var i = 0; i < times; i++)
            await Add(1);
    }

    public Task<KeyValuePair<int, CounterState>> ReadStateFromStorage() => Task.FromResult(new KeyValuePair<int, CounterState>(_stored, new CounterState()));

    public Task<bool> ApplyUpdatesToStorage(IReadOnlyList<CounterEvent> updates, int expectedVersion)
    {
        if (expectedVersion != _stored)
            return Refused;
        _stored += updates.Count;
        return Stored;
    }

    protected override void TransitionState(CounterState state, CounterEvent @event) => state.Total += @event.Amount;
}
