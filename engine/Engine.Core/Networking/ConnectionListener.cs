using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Orleans.Runtime.Networking;

/// <summary>Listens on one port, for silos or for clients, and serves those that it accepts.</summary>
/// <param name="manager">Where connections of silos are made known; null on a gateway.</param>
internal sealed partial class ConnectionListener(
    NetworkSettings settings,
    IPEndPoint endpoint,
    PeerRole accepts,
    IFrameReceiver receiver,
    ConnectionManager? manager = null) : IAsyncDisposable
{
    private const int Backlog = 512;

    private readonly TransportFactory _transports = new(settings);
    private readonly ConnectionSet _running = new(settings);
    private readonly ConcurrentDictionary<Socket, Task> _greeting = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly ILogger<ConnectionListener> _logger = settings.Loggers.CreateLogger<ConnectionListener>();
    private Socket? _socket;
    private Task _accepting = Task.CompletedTask;

    /// <summary>Where it listens; the port is the one that was chosen if 0 was asked for.</summary>
    public IPEndPoint LocalEndPoint => (IPEndPoint?)_socket?.LocalEndPoint ?? endpoint;

    /// <summary>Connections that are open or about to be.</summary>
    public int Count => _running.Count + _greeting.Count;

    /// <summary>Those that are open.</summary>
    public IEnumerable<Connection> Connections => _running.Connections;

    /// <exception cref="OrleansException">The port can't be had.</exception>
    public void Start()
    {
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(endpoint);
            socket.Listen(Backlog);
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new OrleansException($"The silo can't listen for {accepts.ToString().ToLowerInvariant()}s at {endpoint}: {e.Message}", e);
        }

        _socket = socket;
        _accepting = AcceptAsync(socket);
        LogListening(accepts, LocalEndPoint);
    }

    /// <summary>Accepts nobody any more; those who are there stay.</summary>
    public async Task StopListeningAsync()
    {
        await _stopping.CancelAsync();
        _socket?.Dispose();
        await _accepting;
        await Task.WhenAll(_greeting.Values);
    }

    /// <summary>Accepts nobody any more, sends what is queued and closes all connections; the token ends the wait.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await StopListeningAsync();
        await _running.FinishAllAsync("the silo stops", cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(new CancellationToken(canceled: true));
        _running.Dispose();
        _transports.Dispose();
    }

    private async Task AcceptAsync(Socket listening)
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                var socket = await listening.AcceptAsync(_stopping.Token);
                Greet(socket);
            }
            catch (Exception e) when (_stopping.IsCancellationRequested && e is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                return;
            }
            catch (SocketException e)
            {
                LogAcceptFailed(accepts, e.Message, settings.Connection.ConnectionRetryDelay);
                await Task.Delay(settings.Connection.ConnectionRetryDelay, settings.Time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Greet(Socket socket)
    {
        // Twice the bound gets no answer at all; between the two, an answer that says why.
        if (Count >= 2 * settings.Network.MaxConnections)
        {
            LogTooMany(accepts, settings.Network.MaxConnections);
            socket.Dispose();
            return;
        }

        var isBusy = Count >= settings.Network.MaxConnections;
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _greeting[socket] = GreetAsync(socket, isBusy, started.Task);
        started.SetResult();
    }

    private async Task GreetAsync(Socket socket, bool isBusy, Task started)
    {
        await started;
        EndPoint? remote = null;
        try
        {
            remote = socket.RemoteEndPoint;
            var connection = await OpenAsync(socket, isBusy);
            LogAccepted(connection.Peer, remote);
            manager?.Adopt(connection);
            _ = _running.Run(connection);
        }
        catch (Exception e)
        {
            // Whatever a stranger does ends here.
            LogRefused(accepts, remote, e is OperationCanceledException ? "it did not tell in time who it is" : e.Message);
        }
        finally
        {
            _greeting.TryRemove(socket, out _);
        }
    }

    private async Task<PipeConnection> OpenAsync(Socket socket, bool isBusy)
    {
        using var timeout = new CancellationTokenSource(settings.Connection.OpenConnectionTimeout, settings.Time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _stopping.Token);
        var transport = await _transports.AcceptAsync(socket, ending.Token);
        try
        {
            var peer = await Handshake.AcceptAsync(transport, settings.Self, accepts, isBusy, ending.Token);
            if (settings is { Faults: { } faults, Self.Silo: { } self } && peer.Silo is { } other && faults.IsCut(other, self))
                throw new OrleansException("cut by a test");
            var connection = new PipeConnection(transport, peer, settings, receiver);
            connection.Open();
            return connection;
        }
        catch
        {
            await transport.DisposeAsync();
            throw;
        }
    }
}
