using Orleans.EventSourcing.CustomStorage;

namespace Orleans.EventSourcing;

/// <summary>A journaled grain whose events have no common base.</summary>
/// <typeparam name="TGrainState">The state.</typeparam>
public abstract class JournaledGrain<TGrainState> : JournaledGrain<TGrainState, object>
    where TGrainState : class, new();

/// <summary>
/// A grain that changes its state by raising events. Raising only queues; one worker of the activation stores what is queued
/// after the turn has yielded, so that the events of one turn are one batch, and storage calls never overlap.
/// </summary>
/// <typeparam name="TGrainState">The state. Events change it in place; it must be copyable, for <see cref="TentativeState"/>.</typeparam>
/// <typeparam name="TEventBase">The base of the events.</typeparam>
public abstract class JournaledGrain<TGrainState, TEventBase> : LogConsistentGrain<TGrainState>, IConnectionIssueListener
    where TGrainState : class, new()
    where TEventBase : class
{
    private Journal<TGrainState, TEventBase>? _journal;

    /// <summary>The confirmed state: what the storage is known to hold.</summary>
    protected TGrainState State => Journal.Confirmed;

    /// <summary>How many events the confirmed state consists of.</summary>
    protected int Version => Journal.Version;

    /// <summary>A copy of the confirmed state with the unconfirmed events applied.</summary>
    protected TGrainState TentativeState => Journal.Tentative;

    /// <summary>The events raised and not yet confirmed, in order.</summary>
    public IEnumerable<TEventBase> UnconfirmedEvents => Journal.Unconfirmed;

    /// <summary>Loads the state; the grain takes no calls before. Without a call of it the state is loaded in the background.</summary>
    public override Task OnActivateAsync(CancellationToken cancellationToken) => Journal.WhenLoaded();

    /// <summary>Queues an event.</summary>
    protected virtual void RaiseEvent<TEvent>(TEvent @event) where TEvent : TEventBase
    {
        ArgumentNullException.ThrowIfNull(@event);
        Journal.Append(@event);
    }

    /// <summary>Queues events.</summary>
    protected virtual void RaiseEvents<TEvent>(IEnumerable<TEvent> events) where TEvent : TEventBase
    {
        ArgumentNullException.ThrowIfNull(events);
        Journal.Append(events);
    }

    /// <summary>Queues an event that is stored at the position it has now, or not at all.</summary>
    /// <returns>Whether it was stored.</returns>
    protected virtual Task<bool> RaiseConditionalEvent<TEvent>(TEvent @event) where TEvent : TEventBase
    {
        ArgumentNullException.ThrowIfNull(@event);
        return Journal.AppendConditional([@event]);
    }

    /// <summary>Queues events that are stored at the positions they have now, all of them or none.</summary>
    /// <returns>Whether they were stored.</returns>
    protected virtual Task<bool> RaiseConditionalEvents<TEvent>(IEnumerable<TEvent> events) where TEvent : TEventBase
    {
        ArgumentNullException.ThrowIfNull(events);
        return Journal.AppendConditional(events);
    }

    /// <summary>Completes when everything raised so far is confirmed.</summary>
    protected Task ConfirmEvents() => Journal.WhenConfirmed();

    /// <summary>Confirms what is queued, or reads the state again if nothing is.</summary>
    protected Task RefreshNow() => Journal.RefreshAsync();

    /// <summary>Applies an event to the state, in place. The default calls a method <c>Apply</c> of the state. What it throws is logged only.</summary>
    protected virtual void TransitionState(TGrainState state, TEventBase @event)
    {
        dynamic target = state;
        dynamic argument = @event;
        target.Apply(argument);
    }

    /// <summary>Called when the confirmed state has changed; twice for events this activation wrote.</summary>
    protected virtual void OnStateChanged()
    {
    }

    /// <summary>Called when the tentative state has changed.</summary>
    protected virtual void OnTentativeStateChanged()
    {
    }

    /// <summary>Called when the storage failed; the operation is tried again after the delay named in the issue.</summary>
    protected virtual void OnConnectionIssue(ConnectionIssue issue)
    {
    }

    /// <summary>Called when the storage works again.</summary>
    protected virtual void OnConnectionIssueResolved(ConnectionIssue issue)
    {
    }

    void IConnectionIssueListener.OnConnectionIssue(ConnectionIssue connectionIssue) => OnConnectionIssue(connectionIssue);
    void IConnectionIssueListener.OnConnectionIssueResolved(ConnectionIssue connectionIssue) => OnConnectionIssueResolved(connectionIssue);

    internal void Transition(TGrainState state, TEventBase @event) => TransitionState(state, @event);
    internal void StateChanged() => OnStateChanged();
    internal void TentativeStateChanged() => OnTentativeStateChanged();

    private protected sealed override IJournal CreateJournal() => _journal = new Journal<TGrainState, TEventBase>(this);

    private Journal<TGrainState, TEventBase> Journal =>
        _journal ?? throw new InvalidOperationException("The state and the events of a journaled grain can't be used before it is activated.");
}
