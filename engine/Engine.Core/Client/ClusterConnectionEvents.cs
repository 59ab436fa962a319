using Microsoft.Extensions.Logging;

namespace Orleans.Runtime;

/// <summary>Tells those who asked for it how many gateways the client is connected to: one change at a time, in order, on the thread pool.</summary>
internal sealed partial class ClusterConnectionEvents(
    IEnumerable<GatewayCountChangedHandler> countHandlers,
    IEnumerable<ConnectionToClusterLostHandler> lostHandlers,
    ILogger<ClusterConnectionEvents> logger)
{
    private readonly GatewayCountChangedHandler[] _countHandlers = [.. countHandlers];
    private readonly ConnectionToClusterLostHandler[] _lostHandlers = [.. lostHandlers];
    private readonly Lock _gate = new();
    private Task _last = Task.CompletedTask;

    public void Changed(int count, int before)
    {
        if (count == before)
        {
            return;
        }

        lock (_gate)
        {
            _last = _last.ContinueWith(_ => Tell(count, before), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private void Tell(int count, int before)
    {
        foreach (var handler in _countHandlers)
        {
            Call(() => handler(this, new GatewayCountChangedEventArgs(count, before)));
        }

        if (count > 0)
        {
            return;
        }

        LogLost();
        foreach (var handler in _lostHandlers)
        {
            Call(() => handler(this, EventArgs.Empty));
        }
    }

    private void Call(Action handler)
    {
        try
        {
            handler();
        }
        catch (Exception exception)
        {
            LogHandlerFailed(exception);
        }
    }

    [LoggerMessage(1711, LogLevel.Warning, "The client is connected to no gateway of its cluster: calls fail until it is again. It goes on trying.")]
    private partial void LogLost();

    [LoggerMessage(1712, LogLevel.Error, "A handler of changes of the client's connections failed; the others are told.")]
    private partial void LogHandlerFailed(Exception exception);
}
