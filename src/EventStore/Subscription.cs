using Microsoft.Extensions.Logging;

namespace Crescent.EventStore;

/// <summary>
/// Feeds a subscriber from its checkpoint on, in order and at least once: woken by the signal, else polling; after a
/// failure it asks for the checkpoint again and retries with growing pauses for as long as it takes.
/// </summary>
public sealed partial class Subscription
{
    readonly ISubscriber _subscriber;
    readonly ILogReader _log;
    readonly ILogSignal _signal;
    readonly SubscriptionOptions _options;
    readonly TimeProvider _time;
    readonly ILogger _logger;
    long _position;
    int _failures;
    (long After, Task<IReadOnlyList<RecordedEvent>> Read)? _ahead;

    public Subscription(
        ISubscriber subscriber,
        ILogReader log,
        ILogSignal signal,
        SubscriptionOptions options,
        TimeProvider time,
        ILogger<Subscription> logger)
    {
        options.Validate();
        (_subscriber, _log, _signal, _options, _time, _logger) = (subscriber, log, signal, options, time, logger);
    }

    /// <summary>The last position the subscriber has applied, as far as this run knows.</summary>
    public long Position => Volatile.Read(ref _position);

    /// <summary>The failures in a row; 0 while all is well.</summary>
    public int Failures => Volatile.Read(ref _failures);

    /// <summary>Runs until <paramref name="ct"/> is cancelled, then ends without an exception.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        var resume = true;
        while (!ct.IsCancellationRequested)
        {
            try
            {
                if (resume) Volatile.Write(ref _position, await _subscriber.ReadCheckpointAsync(ct));
                resume = false;
                if (!await ApplyNextAsync(ct)) await WaitForNewsAsync(ct);
            }
            catch (Exception) when (ct.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                resume = true;
                var failures = Interlocked.Increment(ref _failures);
                var delay = RetryDelay(failures);
                LogFailed(_subscriber.Name, Position, failures, delay, e);
                if (!await PauseAsync(delay, ct)) break;
            }
        }

        await DropAheadAsync();
    }

    /// <summary>False if there was nothing to apply.</summary>
    async Task<bool> ApplyNextAsync(CancellationToken ct)
    {
        var started = _time.GetTimestamp();
        var events = await ReadAsync(ct);
        if (events.Count > 0)
        {
            // Behind a full batch there is mostly another: it is read while this one is applied.
            if (events.Count == _options.BatchSize) _ahead = (events[^1].Position, _log.ReadLogAsync(events[^1].Position, _options.BatchSize, ct));
            await _subscriber.ApplyAsync(events, ct);
            Volatile.Write(ref _position, events[^1].Position);
        }

        if (Interlocked.Exchange(ref _failures, 0) > 0) LogRecovered(_subscriber.Name, Position);
        if (events.Count > 0 && events.Count < _options.BatchSize) await GatherAsync(started, ct);
        return events.Count > 0;
    }

    async Task<IReadOnlyList<RecordedEvent>> ReadAsync(CancellationToken ct)
    {
        if (_ahead is not { } ahead || ahead.After != Position)
        {
            await DropAheadAsync();
            return await _log.ReadLogAsync(Position, _options.BatchSize, ct);
        }

        _ahead = null;
        return await ahead.Read;
    }

    /// <summary>What was read for nothing may have failed; then it will fail again where it matters.</summary>
    async Task DropAheadAsync()
    {
        if (_ahead is not { } ahead) return;
        _ahead = null;
        await ((Task)ahead.Read).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    async Task GatherAsync(long started, CancellationToken ct)
    {
        var left = _options.GatherTime - _time.GetElapsedTime(started);
        if (left > TimeSpan.Zero) await PauseAsync(left, ct);
    }

    async Task WaitForNewsAsync(CancellationToken ct)
    {
        using var poll = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var news = _signal.WaitBeyondAsync(Position, poll.Token);
        var timer = Task.Delay(_options.PollInterval, _time, poll.Token);
        await Task.WhenAny(news, timer);
        await poll.CancelAsync();
        ct.ThrowIfCancellationRequested();
    }

    TimeSpan RetryDelay(int failures)
    {
        var delay = _options.FirstRetryDelay * Math.Pow(2, Math.Min(failures - 1, 30));
        return delay < _options.MaxRetryDelay ? delay : _options.MaxRetryDelay;
    }

    async Task<bool> PauseAsync(TimeSpan delay, CancellationToken ct)
    {
        await Task.Delay(delay, _time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !ct.IsCancellationRequested;
    }
}
