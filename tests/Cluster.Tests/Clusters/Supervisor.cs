using System.Collections.Concurrent;

namespace Crescent.Cluster.Tests.Clusters;

/// <summary>What systemd or an orchestrator would do: starts a part again that has ended, whatever ended it.</summary>
internal sealed class Supervisor : IAsyncDisposable
{
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    readonly LocalCluster _cluster;
    readonly RunClock _clock;
    readonly TimeSpan _pause;
    readonly CancellationTokenSource _stop = new();
    readonly ConcurrentDictionary<string, bool> _held = new();
    readonly ConcurrentQueue<Restart> _restarts = new();
    readonly Task _watching;

    /// <param name="pause">How long a part stays down before it is started again.</param>
    public Supervisor(LocalCluster cluster, RunClock clock, TimeSpan pause)
    {
        (_cluster, _clock, _pause) = (cluster, clock, pause);
        _watching = Task.WhenAll(LocalCluster.Silos.Concat(LocalCluster.ApiHosts).Select(WatchAsync));
    }

    public IReadOnlyCollection<Restart> Restarts => _restarts;

    /// <summary>Leaves a part down until <see cref="Release"/>.</summary>
    public void Hold(string part) => _held[part] = true;

    public void Release(string part) => _held[part] = false;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        _stop.Dispose();
    }

    async Task WatchAsync(string part)
    {
        try
        {
            using var timer = new PeriodicTimer(Interval);
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                if (_cluster.ProcessOf(part) is not null || _held.GetValueOrDefault(part))
                    continue;
                var ended = _clock.Now;
                await _clock.PauseAsync(_pause, _stop.Token);
                if (_held.GetValueOrDefault(part))
                    continue;
                await _cluster.StartAsync(part, wait: false);
                _restarts.Enqueue(new Restart(part, ended, _clock.Now));
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    /// <summary>A part that was found ended at a time of the run, and started again at another.</summary>
    internal sealed record Restart(string Part, TimeSpan EndedAt, TimeSpan StartedAt);
}
