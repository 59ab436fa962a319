using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Orleans.Runtime.Messaging;

namespace Orleans.Runtime.Networking;

/// <summary>The connections to silos, or a client's to gateways: made when first asked for and shared by all who ask.</summary>
internal sealed partial class ConnectionManager : IAsyncDisposable
{
    private readonly ConcurrentDictionary<SiloAddress, SiloLink> _links = new();
    private readonly NetworkSettings _settings;
    private readonly IFrameReceiver _receiver;
    private readonly TransportFactory _transports;
    private readonly ConnectionSet _running;
    private readonly ILogger<ConnectionManager> _logger;
    private readonly CancellationTokenSource _stopping = new();

    public ConnectionManager(NetworkSettings settings, IFrameReceiver receiver)
    {
        _settings = settings;
        _receiver = receiver;
        _transports = new(settings);
        _running = new(settings);
        _logger = settings.Loggers.CreateLogger<ConnectionManager>();
    }

    /// <summary>A connection that is there already.</summary>
    public bool TryGet(SiloAddress silo, [NotNullWhen(true)] out Connection? connection)
    {
        connection = null;
        if (!_links.TryGetValue(silo, out var link) || !link.TryGet(out var found))
            return false;

        if (_settings.Connection.ConnectionsPerEndpoint > link.Count && found.IsSaturated)
            Start(link);
        connection = found;
        return true;
    }

    /// <summary>A connection to the silo, made if there is none yet.</summary>
    /// <exception cref="ConnectionFailedException">It can't be reached, refuses, or failed a moment ago.</exception>
    public ValueTask<Connection> ConnectAsync(SiloAddress silo, CancellationToken cancellationToken)
    {
        if (TryGet(silo, out var connection))
            return new(connection);
        if (_stopping.IsCancellationRequested)
            return ValueTask.FromException<Connection>(new ConnectionFailedException($"No connection to {silo} is made: this host stops."));

        var attempt = Start(LinkTo(silo));
        return new(attempt.WaitAsync(cancellationToken));
    }

    /// <summary>The silo is dead: ends its connections and the attempts to make one.</summary>
    public void Drop(SiloAddress silo, string reason)
    {
        if (_links.TryRemove(silo, out var link))
            link.Drop(reason);
    }

    /// <summary>A silo has connected to this one: the connection serves both ways.</summary>
    internal void Adopt(PipeConnection connection)
    {
        if (connection.Peer.Silo is not { } silo)
            return;

        var link = LinkTo(silo);
        if (link.TryAdd(connection))
            _ = ForgetAtEndAsync(link, connection, connection.Closed);
        else
            connection.Close("the silo has just been dropped");
    }

    /// <summary>Sends what is queued and closes all connections; the token ends the wait.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _running.FinishAllAsync("the host stops", cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(new CancellationToken(canceled: true));
        _running.Dispose();
        _transports.Dispose();
    }

    private SiloLink LinkTo(SiloAddress silo)
    {
        if (_links.Count >= _settings.Network.MaxPeers)
        {
            foreach (var (other, unused) in _links)
            {
                if (unused.IsUnused)
                    _links.TryRemove(other, out _);
            }
        }

        return _links.GetOrAdd(silo, static address => new SiloLink(address));
    }

    private Task<Connection> Start(SiloLink link)
    {
        var attempt = link.Connect(OpenAsync, _settings.Connection.ConnectionRetryDelay, _settings.Time, out var failure);
        return attempt ?? Task.FromException<Connection>(new ConnectionFailedException(
            $"{link.Silo} is not tried again within {_settings.Connection.ConnectionRetryDelay} after a failure: {failure!.Message}", failure));
    }

    /// <summary>One attempt; shared, and therefore never ended by one of those who wait for it.</summary>
    private async Task<Connection> OpenAsync(SiloLink link)
    {
        // Off the caller's thread and out of the link's lock.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        using var timeout = new CancellationTokenSource(_settings.Connection.OpenConnectionTimeout, _settings.Time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _stopping.Token);
        link.BeginAttempt(ending.Cancel);
        try
        {
            var connection = await OpenAsync(link.Silo, ending.Token);
            if (!link.TryAdd(connection))
                connection.Close("the silo has just been dropped");
            _ = ForgetAtEndAsync(link, connection, _running.Run(connection));
            link.EndAttempt(null, _settings.Time);
            if (_stopping.IsCancellationRequested)
                connection.Close("the host stops");
            return connection;
        }
        catch (Exception e)
        {
            var failure = Explain(e, link.Silo, timeout.IsCancellationRequested);
            link.EndAttempt(failure, _settings.Time);
            LogFailed(link.Silo, failure.Message);
            throw failure;
        }
    }

    private async Task<PipeConnection> OpenAsync(SiloAddress silo, CancellationToken cancellationToken)
    {
        if (_settings.Faults is { } faults && _settings.Self.Silo is { } self && faults.IsCut(self, silo))
            throw new ConnectionFailedException("cut by a test");

        var transport = await _transports.ConnectAsync(silo.Endpoint, cancellationToken);
        try
        {
            var peer = await Handshake.ConnectAsync(transport, _settings.Self, silo, cancellationToken);
            var connection = new PipeConnection(transport, peer, _settings, _receiver);
            connection.Open();
            LogConnected(peer);
            return connection;
        }
        catch
        {
            transport.Abort();
            await transport.DisposeAsync();
            throw;
        }
    }

    private ConnectionFailedException Explain(Exception error, SiloAddress silo, bool isTimeout) => error switch
    {
        ConnectionFailedException failed => failed,
        OperationCanceledException when isTimeout => new($"{silo} did not answer within {_settings.Connection.OpenConnectionTimeout}.", error),
        OperationCanceledException => new($"The connection to {silo} is no longer wanted.", error),
        _ => new($"{silo} can't be reached: {error.Message}", error),
    };

    private static async Task ForgetAtEndAsync(SiloLink link, PipeConnection connection, Task end)
    {
        await end;
        link.Remove(connection);
    }
}
