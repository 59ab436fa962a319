using Microsoft.Extensions.Logging;
using Orleans.Runtime.Networking;

namespace Orleans.Runtime;

/// <content>Requests for silos that can't be reached right now.</content>
internal sealed partial class SiloRoutes
{
    private void Wait(SiloAddress owner, OutgoingFrame frame)
    {
        Exception? refusal = null;
        lock (_gate)
        {
            if (_isClosed)
            {
                refusal = new SiloUnavailableException("The silo has stopped.");
            }
            else if (!_waiting.TryGetValue(owner, out var waiting))
            {
                waiting = new Waiting(frame);
                _waiting.Add(owner, waiting);
                _ = DeliverAsync(owner, waiting);
            }
            else if (waiting.Frames.Count < _maxWaiting)
            {
                waiting.Frames.Enqueue(frame);
            }
            else
            {
                refusal = new LimitExceededException($"{_maxWaiting} requests wait until {owner} can be reached, which is the limit.");
            }
        }

        if (refusal is not null)
        {
            _calls.Pending.Take(frame.CorrelationId)?.Failed(refusal, wasSent: false);
            frame.Return();
        }
    }

    /// <summary>Owned by the entry for the silo: it ends when nothing waits, and removes the entry.</summary>
    private async Task DeliverAsync(SiloAddress owner, Waiting waiting)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            while (!waiting.Ended.IsCancellationRequested && _views.Current.IsActive(owner))
            {
                if (await TryConnectAsync(owner, waiting) is not { } connection)
                {
                    continue;
                }

                if (SendAll(owner, waiting))
                {
                    return;
                }

                if (connection.IsClosed)
                {
                    await connection.Closed;
                }
            }
        }
        catch (Exception exception)
        {
            LogRouteFailed(exception, owner);
        }

        Redirect(owner, waiting);
    }

    private async Task<Connection?> TryConnectAsync(SiloAddress owner, Waiting waiting)
    {
        try
        {
            return await _connections.ConnectAsync(owner, waiting.Ended.Token);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        catch (Exception exception)
        {
            if (!waiting.IsReported)
            {
                waiting.IsReported = true;
                LogWaiting(owner, exception.Message);
            }
        }

        await Task.Delay(_retryDelay, _time, waiting.Ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return null;
    }

    /// <returns>Whether nothing is left.</returns>
    private bool SendAll(SiloAddress owner, Waiting waiting)
    {
        while (true)
        {
            OutgoingFrame? frame;
            lock (_gate)
            {
                if (!waiting.Frames.TryPeek(out frame))
                {
                    _waiting.Remove(owner);
                    return true;
                }
            }

            if (!TryAssignAndSend(frame, owner))
            {
                return false;
            }

            lock (_gate)
            {
                waiting.Frames.Dequeue();
            }
        }
    }

    /// <summary>The silo is no longer one to wait for.</summary>
    private void Redirect(SiloAddress owner, Waiting waiting)
    {
        OutgoingFrame[] frames;
        lock (_gate)
        {
            _waiting.Remove(owner);
            frames = [.. waiting.Frames];
        }

        foreach (var frame in frames)
        {
            if (_isClosed)
            {
                _calls.Pending.Take(frame.CorrelationId)?.Failed(new SiloUnavailableException("The silo has stopped."), wasSent: false);
                frame.Return();
            }
            else
            {
                SendAgain(frame);
            }
        }
    }

    private void OnChanged(ClusterView view)
    {
        lock (_gate)
        {
            foreach (var (silo, waiting) in _waiting)
            {
                if (!view.IsActive(silo))
                {
                    _ = waiting.Ended.CancelAsync();
                }
            }
        }
    }

    [LoggerMessage(1801, LogLevel.Warning, "{Silo} can't be reached: {Reason} Calls to its grains wait until it can be, or is declared dead.")]
    private partial void LogWaiting(SiloAddress silo, string reason);

    [LoggerMessage(1802, LogLevel.Error, "Calls that waited for {Silo} are sent elsewhere after an error.")]
    private partial void LogRouteFailed(Exception exception, SiloAddress silo);

    private sealed class Waiting
    {
        public Waiting(OutgoingFrame first) => Frames.Enqueue(first);

        public Queue<OutgoingFrame> Frames { get; } = new();

        /// <summary>Cancelled when there is no sense in waiting on.</summary>
        public CancellationTokenSource Ended { get; } = new();

        public bool IsReported { get; set; }
    }
}
