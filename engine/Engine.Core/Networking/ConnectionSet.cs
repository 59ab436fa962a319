using System.Collections.Concurrent;

namespace Orleans.Runtime.Networking;

/// <summary>Connections that are being served: owns their read loops, and sees to it that silent ones are noticed.</summary>
internal sealed class ConnectionSet : IDisposable
{
    private readonly ConcurrentDictionary<PipeConnection, Task> _running = new();
    private readonly ITimer _timer;

    public ConnectionSet(NetworkSettings settings) =>
        _timer = settings.Time.CreateTimer(static set => ((ConnectionSet)set!).Tick(), this, settings.Network.KeepAlivePeriod, settings.Network.KeepAlivePeriod);

    public int Count => _running.Count;

    public IEnumerable<PipeConnection> Connections => _running.Keys;

    /// <summary>Starts to serve an opened connection.</summary>
    /// <returns>Completes, never faulted, when it has ended.</returns>
    public Task Run(PipeConnection connection)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var run = RunAsync(connection, started.Task);
        _running[connection] = run;
        started.SetResult();
        return run;
    }

    public Task FinishAllAsync(string reason, CancellationToken cancellationToken) =>
        Task.WhenAll(_running.Keys.Select(connection => connection.FinishAsync(reason, cancellationToken)).Concat(_running.Values));

    public void Dispose()
    {
        _timer.Dispose();
        foreach (var connection in _running.Keys)
            connection.Close("the host stops");
    }

    private async Task RunAsync(PipeConnection connection, Task started)
    {
        await started;
        await connection.RunAsync();
        _running.TryRemove(connection, out _);
    }

    private void Tick()
    {
        foreach (var connection in _running.Keys)
            connection.Tick();
    }
}
