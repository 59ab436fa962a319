using System.Diagnostics;
using Crescent.Domain;
using Crescent.EventStore;
using Crescent.GrainInterfaces;
using Crescent.Grains.EventSourcing;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.EventSourcing;
using Orleans.EventSourcing.CustomStorage;
using Orleans.Providers;

namespace Crescent.Grains;

/// <summary>What all event-sourced grains have in common.</summary>
public static class EventSourcedGrain
{
    /// <summary>Name of the log-consistency provider a silo must have for these grains.</summary>
    public const string Provider = "events";
}

/// <summary>
/// An aggregate as a grain: the shell maps contracts to the domain's commands, the domain decides, and what it decided
/// is one batch in the event store before anybody gets an answer. Reentrant, so that commands can gather while a batch
/// is being committed; decisions themselves never overlap.
/// </summary>
/// <remarks>
/// JournaledGrain swallows storage exceptions and retries for ever, so they never reach it: see
/// <see cref="JournalStorage{TState,TEvent}"/>, and <see cref="CommandPump{TState,TEvent}"/> for what happens to commands.
/// </remarks>
[Reentrant, LogConsistencyProvider(ProviderName = EventSourcedGrain.Provider)]
public abstract class EventSourcedGrain<TState, TEvent> :
    JournaledGrain<Journal<TState>, Recorded<TEvent>>,
    ICustomStorageInterface<Journal<TState>, Recorded<TEvent>>,
    IJournal<TState, TEvent>
    where TState : class
    where TEvent : class, IDomainEvent
{
    readonly AggregateServices _services;
    readonly string _category;
    JournalStorage<TState, TEvent> _storage = null!;
    CommandPump<TState, TEvent> _pump = null!;

    protected EventSourcedGrain(AggregateServices services, string category)
    {
        (_services, _category) = (services, category);
        Logger = services.Loggers.CreateLogger(GetType());
    }

    /// <summary>The aggregate's id: the grain's key.</summary>
    protected string Id => Stream.Id;

    protected StreamName Stream { get; private set; }

    protected ILogger Logger { get; }

    protected TimeProvider Time => _services.Time;

    protected DateTimeOffset Now => _services.Time.GetUtcNow();

    /// <summary>The state after everything that is committed.</summary>
    protected TState Current => State.Value ?? Initial;

    /// <summary>The version of <see cref="Current"/>; 0 if nothing ever happened.</summary>
    protected int CurrentVersion => State.Version;

    /// <summary>The state of a stream without events.</summary>
    protected abstract TState Initial { get; }

    protected abstract TState Evolve(TState state, TEvent @event);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await Storage.LoadAsync(cancellationToken);
        await base.OnActivateAsync(cancellationToken);
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await Storage.FinishSnapshotsAsync();
        await base.OnDeactivateAsync(reason, cancellationToken);
    }

    /// <summary>
    /// Decides a command and makes it durable. The same command id is the same command for ever: repeated, an accepted
    /// one is answered from the events it left; a rejected one is decided anew.
    /// </summary>
    /// <param name="commandId">Names the command.</param>
    /// <param name="decide">The domain's decision; called again if somebody else wrote to the stream meanwhile.</param>
    /// <param name="expectedVersion">The only version the command is meant for, or null.</param>
    /// <param name="cancellationToken">Stops waiting; the command may still be carried out.</param>
    /// <exception cref="AggregateUnavailableException">Whether the command holds is unknown.</exception>
    protected Task<CommandOutcome<TRejection>> ExecuteAsync<TRejection>(
        Guid commandId, Func<TState, Decision<TEvent, TRejection>> decide, int? expectedVersion = null, CancellationToken cancellationToken = default)
        where TRejection : struct, Enum
    {
        var command = new PendingCommand<TState, TEvent, TRejection>(commandId, CaptureMetadata(commandId), expectedVersion, decide);
        _pump.Enqueue(command);
        return command.Answer.WaitAsync(cancellationToken);
    }

    /// <summary>The events an accepted command left in this stream, however long ago; none if it was never accepted.</summary>
    protected Task<IReadOnlyList<RecordedEvent>> ReadCommandAsync(Guid commandId, CancellationToken cancellationToken) =>
        _services.Store.ReadCommandAsync(Stream, commandId, cancellationToken);

    /// <summary>
    /// Looks into the store once more if nothing is known to have happened: while grains move, an activation can be made just
    /// before an earlier one elsewhere commits the first event, and must not say that there is nothing.
    /// </summary>
    /// <exception cref="AggregateUnavailableException">The store does not answer.</exception>
    protected async ValueTask LookAgainIfUnknownAsync()
    {
        if (CurrentVersion > 0) return;
        await RefreshAsync();
        if (_storage.Broken is not null) throw new AggregateUnavailableException($"{Stream} can't be read now.");
    }

    /// <summary>Called after each batch that was committed.</summary>
    protected virtual void OnCommitted() { }

    protected sealed override void TransitionState(Journal<TState> state, Recorded<TEvent> @event)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(@event);
        state.Value = Evolve(state.Value ?? Initial, @event.Event);
        state.Version++;
    }

    Task<KeyValuePair<int, Journal<TState>>> ICustomStorageInterface<Journal<TState>, Recorded<TEvent>>.ReadStateFromStorage() =>
        Storage.ReadAsync();

    Task<bool> ICustomStorageInterface<Journal<TState>, Recorded<TEvent>>.ApplyUpdatesToStorage(
        IReadOnlyList<Recorded<TEvent>> updates, int expectedVersion) => Storage.AppendAsync(updates, expectedVersion);

    TState IJournal<TState, TEvent>.Confirmed => Current;

    int IJournal<TState, TEvent>.ConfirmedVersion => CurrentVersion;

    Exception? IJournal<TState, TEvent>.Broken => _storage.Broken;

    TState IJournal<TState, TEvent>.Evolve(TState state, TEvent @event) => Evolve(state, @event);

    async Task<long?> IJournal<TState, TEvent>.CommitAsync(Draft<TState, TEvent> draft)
    {
        _storage.Stage(draft);
        var committed = await RaiseConditionalEvents(draft.Events);
        if (_storage.Broken is not null) DeactivateOnIdle();
        if (!committed) return null;
        OnCommitted();
        return _storage.LastPosition;
    }

    Task IJournal<TState, TEvent>.RefreshAsync() => RefreshAsync();

    async Task RefreshAsync()
    {
        await RefreshNow();
        if (_storage.Broken is not null) DeactivateOnIdle();
    }

    Task<CommandReceipt?> IJournal<TState, TEvent>.FindAsync(Guid commandId) => _storage.FindAsync(commandId);

    /// <summary>Made by whoever asks first: JournaledGrain may read before <see cref="OnActivateAsync"/> runs.</summary>
    JournalStorage<TState, TEvent> Storage
    {
        get
        {
            if (_storage is not null) return _storage;
            Stream = new StreamName(_category, this.GetPrimaryKeyString());
            _pump = new CommandPump<TState, TEvent>(this, Stream, _services.Options, Logger);
            return _storage = new JournalStorage<TState, TEvent>(Stream, _services.Store, Initial, Evolve, _services.Options, Time, Logger);
        }
    }

    EventMetadata CaptureMetadata(Guid commandId) => new(
        commandId,
        RequestContext.Get(RequestContextKeys.CorrelationId) as string ?? commandId.ToString("N"),
        RequestContext.Get(RequestContextKeys.CausationId) as string,
        Activity.Current?.Id,
        Now);
}
