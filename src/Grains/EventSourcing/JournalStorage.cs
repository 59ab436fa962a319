using Crescent.Domain;
using Crescent.EventStore;
using Crescent.GrainInterfaces;
using Microsoft.Extensions.Logging;

namespace Crescent.Grains.EventSourcing;

/// <summary>
/// One aggregate's stream behind JournaledGrain. JournaledGrain retries a storage call that throws for ever and tells
/// nobody, so after activation nothing here throws: what stays out of reach beyond its bound breaks the grain instead.
/// </summary>
sealed partial class JournalStorage<TState, TEvent>(
    StreamName stream, IEventStore store, TState initial, Func<TState, TEvent, TState> evolve, AggregateOptions options, TimeProvider time, ILogger logger)
    where TState : class
    where TEvent : class, IDomainEvent
{
    TState _state = initial;
    int _version;
    bool _isLoaded;
    Task? _loading;
    bool _isFresh;
    int _dropped;
    Draft<TState, TEvent>? _staged;
    int _snapshotVersion;

    /// <summary>Why the store can't be relied on any more; null as long as it can.</summary>
    public Exception? Broken { get; private set; }

    /// <summary>Position of the last event of the last batch committed here.</summary>
    public long LastPosition { get; private set; }

    /// <summary>Loads the stream: the newest snapshot and the events after it. Throws if that can't be done in time.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (Broken is not null) throw new AggregateUnavailableException($"{stream} could not be loaded.");
        if (_isFresh) return;
        using var timeout = Limit(options.LoadTimeout);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await ReadOnceAsync(limit.Token);
        }
        catch (Exception e)
        {
            LogNotLoaded(stream, e);
            throw new AggregateUnavailableException($"{stream} could not be loaded within {options.LoadTimeout}.");
        }
    }

    /// <summary>What the stream holds now, in a wrapper of its own; of a stream out of reach, what was last confirmed.</summary>
    public async Task<KeyValuePair<int, Journal<TState>>> ReadAsync()
    {
        if (!_isFresh && Broken is null)
        {
            using var limit = Limit(options.LoadTimeout);
            try
            {
                await ReadOnceAsync(limit.Token);
            }
            catch (Exception e)
            {
                Break(e);
            }
        }

        _isFresh = false;
        return new(_version + _dropped, new Journal<TState> { Value = _state, Version = _version });
    }

    /// <summary>Names the batch whose events JournaledGrain is about to hand over.</summary>
    public void Stage(Draft<TState, TEvent> draft) => _staged = draft;

    /// <summary>True only if the staged batch stands in the store right after the expected version.</summary>
    /// <remarks>
    /// JournaledGrain submits a batch again and again while the version it was meant for is still the one it reads. So
    /// each refusal makes the versions it reads one higher than the stream's: it drops the batch and tells the pump.
    /// </remarks>
    public async Task<bool> AppendAsync(IReadOnlyList<Recorded<TEvent>> events, int expectedVersion)
    {
        var stands = expectedVersion == _version + _dropped && await AppendStagedAsync(events);
        if (!stands) _dropped++;
        return stands;
    }

    async Task<bool> AppendStagedAsync(IReadOnlyList<Recorded<TEvent>> events)
    {
        if (Broken is not null || _staged is not { } draft) return false;
        using var limit = Limit(options.AppendTimeout);
        try
        {
            var request = new AppendRequest(stream, _version, draft.BatchId, [.. events.Select(e => new NewEvent(e.EventId, e.Event, e.Metadata))]);
            if (await SubmitAsync(request, limit.Token) is not AppendResult.Appended appended) return false;
            (_state, _version, LastPosition) = (draft.State, appended.Version, appended.LastPosition);
            TakeSnapshotIfDue();
            return true;
        }
        catch (Exception e)
        {
            Break(e);
            return false;
        }
    }

    public async Task<CommandReceipt?> FindAsync(Guid commandId)
    {
        using var limit = Limit(options.LoadTimeout);
        var events = await store.ReadCommandAsync(stream, commandId, limit.Token);
        return events is [.., var last] ? new CommandReceipt(last.Version, last.Position) : null;
    }

    /// <summary>The same batch at the same version again: the store tells whether the first attempt stands.</summary>
    async Task<AppendResult> SubmitAsync(AppendRequest request, CancellationToken limit)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await store.AppendAsync(request, limit);
            }
            catch (EventStoreUnavailableException e) when (!limit.IsCancellationRequested)
            {
                LogAppendFailed(stream, attempt, e);
                await Task.Delay(options.AppendRetryDelay, time, limit);
            }
        }
    }

    /// <summary>
    /// Reads on from what is known. JournaledGrain may read while the activation still loads: both wait for one read then.
    /// Later each reads for itself, because it wants to know what has happened since.
    /// </summary>
    Task ReadOnceAsync(CancellationToken limit)
    {
        if (_isLoaded) return ReadAllAsync(limit);
        if (_loading is null or { IsCompleted: true }) _loading = ReadAllAsync(limit);
        return _loading;
    }

    /// <summary>Nothing is taken over before it is all read, and nothing that a faster one has overtaken.</summary>
    async Task ReadAllAsync(CancellationToken limit)
    {
        var (state, version, position, snapshotVersion) = (_state, _version, LastPosition, _snapshotVersion);
        var pageSize = FirstPageSize;
        var page = await store.ReadStreamAsync(stream, version, pageSize, limit);
        // A stream shorter than that has no snapshot worth a look; of a longer one it replaces what was just read.
        if (!_isLoaded && page.Count == pageSize && options.SnapshotEvery > 0 && await store.ReadSnapshotAsync<TState>(stream, limit) is { } snapshot)
        {
            (state, version, snapshotVersion) = (snapshot.State, snapshot.Version, snapshot.Version);
            page = await ReadPageAsync();
        }

        Apply();
        while (page.Count == pageSize)
        {
            page = await ReadPageAsync();
            Apply();
        }

        if (version >= _version) (_state, _version, LastPosition, _snapshotVersion) = (state, version, position, snapshotVersion);
        _isLoaded = _isFresh = true;

        Task<IReadOnlyList<RecordedEvent>> ReadPageAsync() =>
            store.ReadStreamAsync(stream, version, pageSize = options.LoadPageSize, limit);

        void Apply()
        {
            foreach (var recorded in page)
            {
                state = evolve(state, (TEvent)recorded.Event);
                (version, position) = (recorded.Version, recorded.Position);
            }
        }
    }

    /// <summary>Not so many that a snapshot could hide behind them.</summary>
    int FirstPageSize => options.SnapshotEvery > 0 ? Math.Min(options.FirstPageSize, options.SnapshotEvery) : options.FirstPageSize;

    void Break(Exception cause)
    {
        Broken ??= cause;
        LogBroken(stream, cause);
    }

    CancellationTokenSource Limit(TimeSpan timeout) => new(timeout, time);
}
