using Orleans.Behaviours.Support;
using Orleans.Concurrency;
using Orleans.EventSourcing;
using Orleans.EventSourcing.CustomStorage;
using Orleans.Providers;

namespace Orleans.Behaviours.Journaled;

public abstract record CounterEvent
{
    public sealed record Added(int Amount) : CounterEvent;

    /// <summary>The state can't apply it.</summary>
    public sealed record Poisoned : CounterEvent;
}

[GenerateSerializer]
public sealed class CounterState
{
    [Id(0)]
    public int Total { get; set; }

    public void Apply(CounterEvent.Added added) => Total += added.Amount;

    public void Apply(CounterEvent.Poisoned poisoned) => throw new InvalidOperationException($"{poisoned} can't be applied to {Total}.");
}

/// <summary>A counter as it sees itself.</summary>
[GenerateSerializer]
public sealed record CounterView(
    [property: Id(0)] int Version,
    [property: Id(1)] int Total,
    [property: Id(2)] int TentativeTotal,
    [property: Id(3)] int Unconfirmed);

public interface ICounterGrain : IGrainWithStringKey
{
    Task Add(int amount);

    /// <summary>Raises the events one by one, then confirms.</summary>
    Task AddOneByOne(int[] amounts);

    /// <summary>Raises without confirming.</summary>
    Task<CounterView> AddAndLook(int amount);

    Task<bool> AddConditionally(int amount);

    /// <summary>Raises two conditional events and one that isn't between them.</summary>
    Task<bool[]> AddTwoConditionallyAndOneAnyway(int first, int anyway, int second);

    Task<bool> AddBatchConditionally(int[] amounts);

    Task AddPoison();

    Task<CounterView> View();

    Task Refresh();

    Task AddAndDeactivate(int amount);
}

[Reentrant, LogConsistencyProvider(ProviderName = EventStores.Provider)]
public class CounterGrain : JournaledGrain<CounterState, CounterEvent>, ICounterGrain, ICustomStorageInterface<CounterState, CounterEvent>
{
    private EventStore Store => EventStores.Of(this.GetPrimaryKeyString());

    private Trace Trace => Trace.Of(this.GetPrimaryKeyString());

    public Task Add(int amount)
    {
        RaiseEvent(new CounterEvent.Added(amount));
        return ConfirmEvents();
    }

    public Task AddOneByOne(int[] amounts)
    {
        foreach (var amount in amounts)
            RaiseEvent(new CounterEvent.Added(amount));
        return ConfirmEvents();
    }

    public Task<CounterView> AddAndLook(int amount)
    {
        RaiseEvent(new CounterEvent.Added(amount));
        return View();
    }

    public Task<bool> AddConditionally(int amount) => RaiseConditionalEvent(new CounterEvent.Added(amount));

    public Task<bool[]> AddTwoConditionallyAndOneAnyway(int first, int anyway, int second)
    {
        var decisions = new List<Task<bool>> { RaiseConditionalEvent(new CounterEvent.Added(first)) };
        RaiseEvent(new CounterEvent.Added(anyway));
        decisions.Add(RaiseConditionalEvent(new CounterEvent.Added(second)));
        return Task.WhenAll(decisions);
    }

    public Task<bool> AddBatchConditionally(int[] amounts) => RaiseConditionalEvents(amounts.Select(a => new CounterEvent.Added(a)));

    public Task AddPoison()
    {
        RaiseEvent(new CounterEvent.Poisoned());
        return ConfirmEvents();
    }

    public Task<CounterView> View() => Task.FromResult(new CounterView(Version, State.Total, TentativeState.Total, UnconfirmedEvents.Count()));

    public Task Refresh() => RefreshNow();

    public Task AddAndDeactivate(int amount)
    {
        RaiseEvent(new CounterEvent.Added(amount));
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public async Task<KeyValuePair<int, CounterState>> ReadStateFromStorage()
    {
        var events = await Store.ReadAsync();
        return new(events.Count, new CounterState { Total = events.OfType<CounterEvent.Added>().Sum(e => e.Amount) });
    }

    public Task<bool> ApplyUpdatesToStorage(IReadOnlyList<CounterEvent> updates, int expectedVersion) => Store.AppendAsync(updates, expectedVersion);

    protected override void OnStateChanged() => Trace.Add($"version {Version}");

    protected override void OnConnectionIssue(ConnectionIssue issue) => Trace.Add("issue");

    protected override void OnConnectionIssueResolved(ConnectionIssue issue) => Trace.Add("resolved");
}

/// <summary>Doesn't wait until it is loaded, and takes the default provider.</summary>
public sealed class EagerCounterGrain : JournaledGrain<CounterState, CounterEvent>, IEagerCounterGrain, ICustomStorageInterface<CounterState, CounterEvent>
{
    public override Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<int> VersionNow() => Task.FromResult(Version);

    public async Task<int> VersionAfterRefresh()
    {
        await RefreshNow();
        return Version;
    }

    public async Task<KeyValuePair<int, CounterState>> ReadStateFromStorage()
    {
        var events = await EventStores.Of(this.GetPrimaryKeyString()).ReadAsync();
        return new(events.Count, new CounterState());
    }

    public Task<bool> ApplyUpdatesToStorage(IReadOnlyList<CounterEvent> updates, int expectedVersion) => Task.FromResult(false);

    protected override void TransitionState(CounterState state, CounterEvent @event) => throw new InvalidOperationException("It writes no events.");
}

public interface IEagerCounterGrain : IGrainWithStringKey
{
    Task<int> VersionNow();

    Task<int> VersionAfterRefresh();
}
