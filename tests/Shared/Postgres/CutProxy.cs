using System.Net;
using System.Net.Sockets;

namespace Crescent.Testing;

/// <summary>
/// A way to a PostgreSQL server that breaks when told: forwards a loopback port to the server, cuts or stops a connection
/// when certain bytes come along, and can be closed altogether.
/// </summary>
sealed class CutProxy : IAsyncDisposable
{
    static readonly TimeSpan AnswerBound = TimeSpan.FromSeconds(5);

    readonly EndPoint _server;
    readonly TcpListener _listener;
    readonly CancellationTokenSource _stop = new();
    readonly Lock _gate = new();
    readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Task _accepting;
    readonly HashSet<Socket> _open = [];
    Cut? _armed;
    bool _isClosed;

    public CutProxy(EndPoint server, int port = 0)
    {
        _server = server;
        _listener = new TcpListener(IPAddress.Loopback, port);
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

    /// <summary>Keeps back the next statement with these bytes; completes when it has come.</summary>
    public Task<HeldStatement> HoldAsync(byte[] bytes)
    {
        var cut = new Cut(bytes, Break.AfterForwarding) { Held = new HeldStatement() };
        lock (_gate) _armed = cut;
        return cut.Held.Arrived.Task;
    }

    /// <summary>Cuts every connection and lets none through until <see cref="Heal"/>.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            foreach (var client in _open) Reset(client);
        }
    }

    /// <summary>Lets everything through from now on.</summary>
    public void Heal()
    {
        lock (_gate) (_armed, _isClosed) = (null, false);
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
            while (true)
            {
                connections.Add(ForwardAsync(await _listener.AcceptSocketAsync(_stop.Token)));
                connections.RemoveAll(connection => connection.IsCompletedSuccessfully);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(connections);
        }
    }

    async Task ForwardAsync(Socket client)
    {
        using var server = new Socket(_server.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
        var connection = new Connection(client, server);
        try
        {
            if (!TryRegister(client)) return;
            await server.ConnectAsync(_server, _stop.Token);
            var sending = SendAsync(connection);
            await Task.WhenAny(sending, AnswerAsync(connection));
            if (connection.IsMute) await sending;
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
        finally
        {
            lock (_gate)
            {
                _open.Remove(client);
                Reset(client);
            }
        }
    }

    bool TryRegister(Socket client)
    {
        lock (_gate) return !_isClosed && _open.Add(client);
    }

    async Task SendAsync(Connection connection)
    {
        var buffer = new byte[256 * 1024];
        Cut? cut = null;
        try
        {
            while (await connection.Client.ReceiveAsync(buffer, _stop.Token) is > 0 and var count)
            {
                cut ??= TakeCut(buffer.AsSpan(0, count));
                var isLast = cut is not null && (cut.How != Break.AfterForwarding || EndsWithSync(buffer.AsSpan(0, count)));
                connection.IsMute = isLast;
                if (cut?.Held is { } held) await held.WaitAsync(_stop.Token);
                await connection.Server.SendAsync(buffer.AsMemory(0, Forwarded(cut, count)), _stop.Token);
                if (!isLast) continue;
                if (cut!.How == Break.AfterForwarding)
                {
                    var answer = await connection.Answered.Task.WaitAsync(AnswerBound);
                    cut.Held?.Answer.SetResult(answer);
                }

                cut.Done.SetResult();
                if (cut.How == Break.StopHalfWay) await _stopped.Task;
                return;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException or TimeoutException)
        {
            cut?.Done.TrySetResult();
            cut?.Held?.Answer.TrySetException(e);
        }
    }

    async Task AnswerAsync(Connection connection)
    {
        var buffer = new byte[256 * 1024];
        try
        {
            while (await connection.Server.ReceiveAsync(buffer, _stop.Token) is > 0 and var count)
            {
                if (!connection.IsMute)
                {
                    await connection.Client.SendAsync(buffer.AsMemory(0, count), _stop.Token);
                    continue;
                }

                // What was asked for is done, and nobody will hear of it.
                connection.Answered.TrySetResult(buffer[..count]);
                return;
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

    /// <summary>The message Sync, after which the server carries out and answers what it was sent.</summary>
    static bool EndsWithSync(ReadOnlySpan<byte> sent) => sent.EndsWith("S\0\0\0\u0004"u8);

    static int Forwarded(Cut? cut, int count) => cut?.How switch
    {
        Break.BeforeForwarding => 0,
        Break.StopHalfWay => count / 2,
        _ => count,
    };

    /// <summary>With a reset: the other side learns of it at once.</summary>
    static void Reset(Socket client)
    {
        if (!client.SafeHandle.IsClosed) client.LingerState = new LingerOption(true, 0);
        client.Dispose();
    }

    sealed record Connection(Socket Client, Socket Server)
    {
        volatile bool _isMute;

        /// <summary>The client gets no more answers.</summary>
        public bool IsMute
        {
            get => _isMute;
            set => _isMute = value;
        }

        public TaskCompletionSource<byte[]> Answered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    sealed record Cut(byte[] Bytes, Break How)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public HeldStatement? Held { get; init; }
    }
}

/// <summary>A statement on its way to the server, kept back until it is released. Whoever sent it never hears of it.</summary>
sealed class HeldStatement
{
    readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal TaskCompletionSource<HeldStatement> Arrived { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal TaskCompletionSource<byte[]> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lets it through, and returns the bytes of the server's answer.</summary>
    public Task<byte[]> ReleaseAsync()
    {
        _released.TrySetResult();
        return Answer.Task;
    }

    internal Task WaitAsync(CancellationToken ct)
    {
        Arrived.TrySetResult(this);
        return _released.Task.WaitAsync(ct);
    }
}

/// <summary>What happens to the bytes in question.</summary>
enum Break
{
    /// <summary>They never arrive.</summary>
    BeforeForwarding,

    /// <summary>They arrive and are carried out, their answer does not come back.</summary>
    AfterForwarding,

    /// <summary>A half of them arrives, and the connection stays open.</summary>
    StopHalfWay,
}
