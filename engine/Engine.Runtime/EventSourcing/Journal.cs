using Orleans.Storage;

namespace Orleans.EventSourcing.CustomStorage;

/// <summary>
/// The log of one activation: the confirmed state, the events that wait to be stored, and the worker that stores them.
/// Everything here runs in turns of the grain, so there are no locks.
/// </summary>
internal sealed partial class Journal<TState, TEvent>(JournaledGrain<TState, TEvent> grain) : IJournal
    where TState : class, new()
    where TEvent : class
{
    /// <summary>The end of an activation waits no longer than this for a storage that fails, whatever else its host allows.</summary>
    private static readonly TimeSpan s_longestStop = TimeSpan.FromSeconds(30);

    private readonly PendingEvents<TEvent> _pending = new();
    private JournalServices _services = null!;
    private ICustomStorageInterface<TState, TEvent> _storage = null!;
    private TState? _confirmed;
    private TState? _tentative;
    private TaskCompletionSource? _refresh;
    private TaskCompletionSource? _load;

    public int Version { get; private set; }
    public TState Confirmed => _confirmed ?? throw new InvalidOperationException("The state of a journaled grain can't be used before it is set up.");
    public IEnumerable<TEvent> Unconfirmed => _pending.ToArray();
    public ILifecycleObserver Loading => new LoadOnStart(this);

    public TState Tentative
    {
        get
        {
            if (_tentative is null)
            {
                _tentative = _services.Copier.Copy(Confirmed);
                foreach (var @event in _pending.ToArray())
                    Apply(_tentative, @event);
            }

            return _tentative;
        }
    }

    public Task OnStart(CancellationToken cancellationToken)
    {
        _services = JournalServices.For(grain);
        _storage = grain as ICustomStorageInterface<TState, TEvent>
            ?? throw new BadProviderConfigException($"{grain.GetType()} must implement {typeof(ICustomStorageInterface<TState, TEvent>)}.");
        _confirmed = _services.Copier.Copy(new TState());
        return Task.CompletedTask;
    }

    /// <summary>Waits until the worker has nothing left to do: what was raised is stored before the activation ends.</summary>
    public async Task OnStop(CancellationToken cancellationToken)
    {
        _stopping = true;
        try
        {
            await WhenIdle().WaitAsync(s_longestStop, _services.Time, cancellationToken);
        }
        catch (Exception e) when (e is OperationCanceledException or TimeoutException)
        {
            LogAbandoned(_services.Logger, grain.GrainContext.GrainId, _pending.Count);
        }

        _stopped = true;
    }

    public void Append(TEvent @event)
    {
        _pending.Add(@event);
        Raised(@event);
        AfterRaise();
    }

    public void Append<TDerived>(IEnumerable<TDerived> events) where TDerived : TEvent
    {
        foreach (var @event in Materialize(events))
        {
            _pending.Add(@event);
            Raised(@event);
        }

        AfterRaise();
    }

    public Task<bool> AppendConditional<TDerived>(IEnumerable<TDerived> events) where TDerived : TEvent
    {
        var batch = Materialize(events);
        if (batch.Count == 0)
            return Task.FromResult(true);

        var decided = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        for (var i = 0; i < batch.Count; i++)
        {
            _pending.AddConditional(batch[i], Version, i == batch.Count - 1 ? decided : null);
            Raised(batch[i]);
        }

        AfterRaise();
        return decided.Task;
    }

    public Task WhenConfirmed() => _pending.WhenSettled();

    public Task WhenLoaded() => _load?.Task ?? Task.CompletedTask;

    public Task RefreshAsync()
    {
        _refresh ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
        WakeWorker();
        return _refresh.Task;
    }

    /// <summary>Enumerates first and queues then: an enumeration that throws leaves nothing behind.</summary>
    private static List<TEvent> Materialize<TDerived>(IEnumerable<TDerived> events) where TDerived : TEvent
    {
        var batch = new List<TEvent>();
        foreach (var @event in events)
        {
            ArgumentNullException.ThrowIfNull(@event, nameof(events));
            batch.Add(@event);
        }

        return batch;
    }

    private void Raised(TEvent @event)
    {
        if (_tentative is not null)
            Apply(_tentative, @event);
    }

    private void AfterRaise()
    {
        if (_pending.Count == 0)
            return;
        Notify(tentative: true, confirmed: false);
        WakeWorker();
    }

    private void Apply(TState state, TEvent @event)
    {
        try
        {
            grain.Transition(state, @event);
        }
        catch (Exception e)
        {
            LogTransitionFailed(_services.Logger, e, grain.GrainContext.GrainId, @event.GetType());
        }
    }

    private void Notify(bool tentative, bool confirmed)
    {
        try
        {
            if (tentative)
                grain.TentativeStateChanged();
            if (confirmed)
                grain.StateChanged();
        }
        catch (Exception e)
        {
            LogCallbackFailed(_services.Logger, e, grain.GrainContext.GrainId);
        }
    }

    private sealed class LoadOnStart(Journal<TState, TEvent> journal) : ILifecycleObserver
    {
        public Task OnStart(CancellationToken cancellationToken)
        {
            journal._load = new(TaskCreationOptions.RunContinuationsAsynchronously);
            journal.WakeWorker();
            return Task.CompletedTask;
        }

        public Task OnStop(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
