using Microsoft.Extensions.Logging;
using Orleans.Runtime.Networking;

namespace Engine.Tests.Networking;

public sealed class ConnectionTests
{
    private static readonly byte[] s_hello = [1, 2, 3, 4, 5];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Frame_BetweenSilos_ArrivesWithItsHeaderAndBody()
    {
        await using var one = NetworkNode.StartSilo(new());
        await using var other = NetworkNode.StartSilo(new());

        var connection = await one.ConnectAsync(other);
        Send(connection, FrameKind.Request, 42, s_hello, flags: 3);

        var arrived = await other.Receiver.NextFrameAsync();
        Assert.Equal((FrameKind.Request, 3, 42L), (arrived.Kind, arrived.Flags, arrived.CorrelationId));
        Assert.Equal(s_hello, arrived.Body);
        Assert.Equal(other.Address, connection.Peer.Silo);
        Assert.Equal(one.Address, arrived.Connection.Peer.Silo);
    }

    [Fact]
    public async Task Frame_OfManyMegabytes_ArrivesWhole()
    {
        await using var one = NetworkNode.StartSilo(new());
        await using var other = NetworkNode.StartSilo(new());
        var body = new byte[20_000_000];
        Random.Shared.NextBytes(body);

        Send(await one.ConnectAsync(other), FrameKind.Response, 1, body);

        var arrived = await other.Receiver.NextFrameAsync();
        Assert.True(body.AsSpan().SequenceEqual(arrived.Body));
    }

    [Fact]
    public async Task Frames_OfManyThreads_ArriveOnceEachAndInTheOrderOfTheirThread()
    {
        const int Threads = 4;
        const int Each = 5_000;
        await using var one = NetworkNode.StartSilo(new());
        await using var other = NetworkNode.StartSilo(new());
        var connection = await one.ConnectAsync(other);

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(
            () =>
            {
                for (var i = 0; i < Each; i++)
                    Send(connection, FrameKind.Request, ((long)thread << 32) + i, Frames.Body(i % 300));
            },
            Cancelled)));

        var next = new int[Threads];
        for (var i = 0; i < Threads * Each; i++)
        {
            var frame = await other.Receiver.NextFrameAsync();
            var thread = frame.CorrelationId >> 32;
            Assert.Equal(next[thread]++, frame.CorrelationId & 0xffff_ffff);
            Assert.Equal((frame.CorrelationId & 0xffff_ffff) % 300, frame.Body.Length);
        }
    }

    [Fact]
    public async Task FinishAsync_WithWaitingFrames_SendsThemAllFirst()
    {
        const int Count = 2_000;
        await using var one = NetworkNode.StartSilo(new());
        await using var other = NetworkNode.StartSilo(new());
        var connection = await one.ConnectAsync(other);
        for (var i = 0; i < Count; i++)
            Send(connection, FrameKind.Request, i, Frames.Body(500));

        await connection.FinishAsync("the test is over", Cancelled);

        Assert.True(connection.IsClosed);
        for (var i = 0; i < Count; i++)
            Assert.Equal(i, (await other.Receiver.NextFrameAsync()).CorrelationId);
        Assert.Null((await other.Receiver.NextClosedAsync()).Reason);
        Assert.Empty(one.Receiver.Unsent);
    }

    [Fact]
    public async Task TrySend_OnAClosedConnection_LeavesTheFrameToTheCaller()
    {
        await using var one = NetworkNode.StartSilo(new());
        await using var other = NetworkNode.StartSilo(new());
        var connection = await one.ConnectAsync(other);
        connection.Close("the test wants it");

        var frame = OutgoingFrame.Rent(FrameKind.Request, 1);
        Assert.Equal(SendOutcome.Closed, connection.TrySend(frame));
        frame.Return();
        await connection.Closed.WaitAsync(Cancelled);
        Assert.Null((await one.Receiver.NextClosedAsync()).Reason);
        await other.Receiver.NextClosedAsync();
    }

    [Fact]
    public async Task Receiver_ThatThrows_ClosesThatConnectionAlone()
    {
        var log = new LogKeeper();
        var receiver = new RecordingReceiver { OnFrame = static (connection, frame) => Refuse(frame) };
        await using var gateway = NetworkNode.StartSilo(receiver, new() { Loggers = log }, PeerRole.Client);
        await using var bad = NetworkNode.StartClient(new());
        await using var good = NetworkNode.StartClient(new());
        var toGood = await good.ConnectAsync(gateway);

        Send(await bad.ConnectAsync(gateway), FrameKind.Request, 13, []);

        Assert.IsType<FormatException>((await receiver.NextClosedAsync()).Reason);
        Assert.Contains(log.Entries, entry => entry.Level == LogLevel.Warning && entry.Text.Contains("thirteen", StringComparison.Ordinal));
        Send(toGood, FrameKind.Request, 14, []);
        Assert.False(toGood.IsClosed);

        static void Refuse(Arrived frame)
        {
            if (frame.CorrelationId == 13)
                throw new FormatException("thirteen");
        }
    }

    [Theory]
    [InlineData(FrameParse.BadLength)]
    [InlineData(FrameParse.BadKind)]
    public async Task MalformedFrame_FromAPeer_ClosesItsConnectionWithALoggedReason(object problem)
    {
        var log = new LogKeeper();
        await using var gateway = NetworkNode.StartSilo(new(), new() { Loggers = log }, PeerRole.Client);
        using var peer = await RawPeer.ConnectAsClientAsync(gateway);

        await peer.SendAsync(Frames.Bytes(FrameKind.Request, 1, Frames.Body(10)));
        await peer.SendAsync((FrameParse)problem == FrameParse.BadKind ? Frames.Bytes((FrameKind)77, 2, []) : new byte[] { 0xff, 0xff, 0xff, 0xff });

        Assert.Equal(1, (await gateway.Receiver.NextFrameAsync()).CorrelationId);
        Assert.Contains(problem.ToString()!, (await gateway.Receiver.NextClosedAsync()).Reason!.Message, StringComparison.Ordinal);
        Assert.Equal(0, await peer.ReadToEndAsync());
        Assert.Contains(log.Entries, entry => entry.Level == LogLevel.Warning && entry.Text.Contains(problem.ToString()!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Connection_ThatEndsWithinAFrame_HasAReason()
    {
        await using var gateway = NetworkNode.StartSilo(new(), null, PeerRole.Client);
        using var peer = await RawPeer.ConnectAsClientAsync(gateway);

        await peer.SendAsync(Frames.Bytes(FrameKind.Request, 1, Frames.Body(100)).AsMemory(0, 50));
        peer.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);

        Assert.Contains("within a frame", (await gateway.Receiver.NextClosedAsync()).Reason!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FrameOfALaterVersion_MarkedSkippable_IsIgnored()
    {
        await using var gateway = NetworkNode.StartSilo(new(), null, PeerRole.Client);
        using var peer = await RawPeer.ConnectAsClientAsync(gateway);

        await peer.SendAsync(Frames.Bytes((FrameKind)77, 1, Frames.Body(100), FrameFlags.Skippable));
        await peer.SendAsync(Frames.Bytes(FrameKind.Request, 2, []));

        Assert.Equal(2, (await gateway.Receiver.NextFrameAsync()).CorrelationId);
    }

    [Fact]
    public async Task Ping_FromAPeer_IsAnsweredWithoutTheReceiver()
    {
        await using var gateway = NetworkNode.StartSilo(new(), null, PeerRole.Client);
        using var peer = await RawPeer.ConnectAsClientAsync(gateway);

        await peer.SendAsync(Frames.Bytes(FrameKind.Ping, 99, []));

        Assert.Equal((FrameKind.Pong, 99L), await ReadAsync(peer));
    }

    [Fact]
    public async Task TrySend_OfAFrameBeyondTheLimit_IsRefused()
    {
        var options = new NodeOptions { Messaging = new() { MaxMessageBodySize = 1000, MaxMessageHeaderSize = 100 } };
        await using var one = NetworkNode.StartSilo(new(), options);
        await using var other = NetworkNode.StartSilo(new(), options);
        var connection = await one.ConnectAsync(other);
        Send(connection, FrameKind.Request, 1, new byte[1100]);
        var tooLong = OutgoingFrame.Rent(FrameKind.Request, 2);
        tooLong.Write(new byte[1101]);

        Assert.Throws<ArgumentException>(() => connection.TrySend(tooLong));

        Assert.Equal(1, (await other.Receiver.NextFrameAsync()).CorrelationId);
        Assert.False(connection.IsClosed);
    }

    private static async Task<(FrameKind Kind, long CorrelationId)> ReadAsync(RawPeer peer)
    {
        var frame = await peer.ReadFrameAsync();
        return (frame.Kind, frame.CorrelationId);
    }

    private static void Send(Connection connection, FrameKind kind, long correlationId, byte[] body, byte flags = 0)
    {
        var frame = OutgoingFrame.Rent(kind, correlationId);
        frame.Flags = flags;
        frame.Write(body);
        Assert.Equal(SendOutcome.Queued, connection.TrySend(frame));
    }
}
