using System.Net;
using System.Net.Sockets;

namespace Crescent.EventStore.Tests.Postgres;

/// <summary>
/// A way to the server that breaks when told: forwards a loopback port to the server's socket, and cuts or stops a
/// connection when certain bytes come along.
/// </summary>
sealed class CutProxy : IAsyncDisposable
{
    readonly string _socket;
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _stop = new();
    readonly Lock _gate = new();
    readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Task _accepting;
    Cut? _armed;

    public CutProxy(string serverFolder)
    {
        _socket = Path.Combine(serverFolder, ".s.PGSQL.5432");
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Breaks the connection on which the bytes are sent next; completes when that happened.</summary>
    public Task ArmAsync(byte[] bytes, Break how)
    {
        var cut = new Cut(bytes, how);
        lock (_gate) _armed = cut;
        return cut.Done.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _stopped.SetResult();
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true) connections.Add(ForwardAsync(await _listener.AcceptSocketAsync(_stop.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(connections);
        }
    }

    async Task ForwardAsync(Socket client)
    {
        using var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        using (client)
        {
            try
            {
                await server.ConnectAsync(new UnixDomainSocketEndPoint(_socket), _stop.Token);
                using var answers = new CancellationTokenSource();
                await Task.WhenAny(PumpRequestsAsync(client, server, answers), PumpAnswersAsync(server, client, answers.Token));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException)
            {
            }

            // A reset: the other side learns of it at once.
            client.LingerState = new LingerOption(true, 0);
        }
    }

    /// <param name="answers">Cancelled before the bytes in question are forwarded, so that their answer never passes.</param>
    async Task PumpRequestsAsync(Socket client, Socket server, CancellationTokenSource answers)
    {
        var buffer = new byte[256 * 1024];
        try
        {
            while (await client.ReceiveAsync(buffer, _stop.Token) is > 0 and var count)
            {
                var cut = TakeCut(buffer.AsSpan(0, count));
                if (cut is not null) await answers.CancelAsync();
                await server.SendAsync(buffer.AsMemory(0, Forwarded(cut, count)), _stop.Token);
                if (cut is null) continue;
                cut.Done.SetResult();
                if (cut.How == Break.StopHalfWay) await _stopped.Task;
                return;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    async Task PumpAnswersAsync(Socket server, Socket client, CancellationToken cut)
    {
        var buffer = new byte[256 * 1024];
        try
        {
            while (await server.ReceiveAsync(buffer, _stop.Token) is > 0 and var count)
            {
                // The connection breaks when the request has been dealt with.
                if (cut.IsCancellationRequested) await _stopped.Task;
                await client.SendAsync(buffer.AsMemory(0, count), _stop.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    Cut? TakeCut(ReadOnlySpan<byte> sent)
    {
        lock (_gate)
        {
            if (_armed is not { } cut || sent.IndexOf(cut.Bytes) < 0) return null;
            _armed = null;
            return cut;
        }
    }

    static int Forwarded(Cut? cut, int count) => cut?.How switch
    {
        Break.BeforeForwarding => 0,
        Break.StopHalfWay => count / 2,
        _ => count,
    };

    sealed record Cut(byte[] Bytes, Break How)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>What happens to the bytes in question.</summary>
enum Break
{
    /// <summary>They never arrive.</summary>
    BeforeForwarding,

    /// <summary>They arrive, their answer does not.</summary>
    AfterForwarding,

    /// <summary>A half of them arrives, and the connection stays open.</summary>
    StopHalfWay,
}
