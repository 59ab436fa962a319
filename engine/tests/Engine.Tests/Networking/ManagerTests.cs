using System.Net;
using Crescent.Testing;
using Orleans.Runtime;
using Orleans.Runtime.Messaging;
using Orleans.Runtime.Networking;
using Orleans.TestingHost;

namespace Engine.Tests.Networking;

public sealed class ManagerTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ConnectAsync_ByManyAtOnce_GivesThemOneConnection()
    {
        await using var one = NetworkNode.StartSilo(new());
        await using var other = NetworkNode.StartSilo(new());

        var connections = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => one.ConnectAsync(other)));

        Assert.Single(connections.Distinct());
        Assert.True(one.Manager.TryGet(other.Address!, out var connection));
        Assert.Same(connections[0], connection);
        Assert.Equal(1, other.Listener.Count);
    }

    [Fact]
    public async Task ConnectionOfASilo_ServesBothWays()
    {
        await using var one = NetworkNode.StartSilo(new());
        await using var other = NetworkNode.StartSilo(new());
        await one.ConnectAsync(other);
        await other.Receiver.NextOpenedAsync();

        var back = await Eventually.GetAsync(() => Task.FromResult(other.Manager.TryGet(one.Address!, out var found) ? found : null), static c => c is not null, Cancelled);
        Assert.Equal(SendOutcome.Queued, back!.TrySend(OutgoingFrame.Rent(FrameKind.Control, 5)));

        Assert.Equal(5, (await one.Receiver.NextFrameAsync()).CorrelationId);
        Assert.Equal(0, one.Listener.Count);
    }

    [Fact]
    public async Task ConnectAsync_ToAnEarlierGeneration_IsRefusedWithAReason()
    {
        await using var one = NetworkNode.StartSilo(new());
        await using var other = NetworkNode.StartSilo(new());
        var earlier = SiloAddress.New(other.Address!.Endpoint, other.Address.Generation - 1);

        var refusal = await Assert.ThrowsAsync<ConnectionFailedException>(() => one.Manager.ConnectAsync(earlier, Cancelled).AsTask());

        Assert.Contains(other.Address.ToString(), refusal.Message, StringComparison.Ordinal);
        Assert.False(one.Manager.TryGet(earlier, out _));
    }

    [Fact]
    public async Task ConnectAsync_ToAnotherCluster_IsRefusedWithAReason()
    {
        await using var one = NetworkNode.StartSilo(new(), new() { ClusterId = "blue" });
        await using var other = NetworkNode.StartSilo(new(), new() { ClusterId = "green" });

        var refusal = await Assert.ThrowsAsync<ConnectionFailedException>(() => one.ConnectAsync(other));

        Assert.Contains("blue", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("green", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConnectAsync_ToThePortOfTheOtherRole_IsRefused()
    {
        await using var silo = NetworkNode.StartSilo(new());
        await using var gateway = NetworkNode.StartSilo(new(), null, PeerRole.Client);
        await using var client = NetworkNode.StartClient(new());

        await Assert.ThrowsAsync<ConnectionFailedException>(() => client.ConnectAsync(silo));
        await Assert.ThrowsAsync<ConnectionFailedException>(() => silo.ConnectAsync(gateway));
    }

    [Fact]
    public async Task ConnectAsync_OfAClient_FindsAGatewayWithoutItsGeneration()
    {
        await using var gateway = NetworkNode.StartSilo(new(), null, PeerRole.Client);
        await using var client = NetworkNode.StartClient(new());

        var connection = await client.Manager.ConnectAsync(SiloAddress.New(gateway.Address!.Endpoint, 0), Cancelled);

        Assert.Equal(gateway.Address, connection.Peer.Silo);
        Assert.Equal(client.Settings.Self.ClientId, (await gateway.Receiver.NextOpenedAsync()).Peer.ClientId);
    }

    [Fact]
    public async Task ConnectAsync_RightAfterAFailure_FailsAtOnceAndIsTriedAgainAfterTheDelay()
    {
        var time = new ManualTime();
        await using var one = NetworkNode.StartSilo(new(), new() { Time = time, Connection = new() { ConnectionRetryDelay = TimeSpan.FromSeconds(3) } });
        var nobody = SiloAddress.New(IPAddress.Loopback, FreePorts.TakeOne(), 1);

        Task<ConnectionFailedException> Try() => Assert.ThrowsAsync<ConnectionFailedException>(() => one.Manager.ConnectAsync(nobody, Cancelled).AsTask());
        var first = await Try();
        var second = await Try();
        time.Advance(TimeSpan.FromSeconds(3));
        var third = await Try();

        Assert.Same(first, second.InnerException);
        Assert.DoesNotContain("tried again", third.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConnectAsync_ToAPeerThatNeverAnswers_EndsWithTheTimeout()
    {
        var time = new ManualTime();
        await using var one = NetworkNode.StartClient(new(), new() { Time = time });
        var (peer, attempt) = await RawPeer.AcceptAsync(endpoint =>
            Task.FromResult(new { Task = one.Manager.ConnectAsync(SiloAddress.New(endpoint, 0), Cancelled).AsTask() }));
        using (peer)
        {
            await peer.ReadPreambleAsync();
            time.Advance(TimeSpan.FromSeconds(5));

            var failure = await Assert.ThrowsAsync<ConnectionFailedException>(() => attempt.Task);

            Assert.Contains("00:00:05", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task ConnectAsync_ToSomethingElse_SaysThatItIsNoSilo()
    {
        await using var one = NetworkNode.StartClient(new());
        var (peer, attempt) = await RawPeer.AcceptAsync(endpoint =>
            Task.FromResult(new { Task = one.Manager.ConnectAsync(SiloAddress.New(endpoint, 0), Cancelled).AsTask() }));
        using (peer)
        {
            await peer.SendAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());

            Assert.Contains("no preamble", (await Assert.ThrowsAsync<ConnectionFailedException>(() => attempt.Task)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Drop_OfASilo_ClosesItsConnectionAndEndsTheAttempt()
    {
        await using var one = NetworkNode.StartSilo(new());
        await using var other = NetworkNode.StartSilo(new());
        var connection = await one.ConnectAsync(other);
        var (peer, attempt) = await RawPeer.AcceptAsync(endpoint => Task.FromResult(new { Silo = SiloAddress.New(endpoint, 1), Task = one.Manager.ConnectAsync(SiloAddress.New(endpoint, 1), Cancelled).AsTask() }));
        using (peer)
        {
            await peer.ReadPreambleAsync();

            one.Manager.Drop(other.Address!, "it is dead");
            one.Manager.Drop(attempt.Silo, "it is dead");

            Assert.True(connection.IsClosed);
            Assert.False(one.Manager.TryGet(other.Address!, out _));
            await Assert.ThrowsAsync<ConnectionFailedException>(() => attempt.Task);
        }
    }

    [Fact]
    public async Task ConnectAsync_AfterTheConnectionEnded_MakesAnother()
    {
        await using var one = NetworkNode.StartSilo(new());
        await using var other = NetworkNode.StartSilo(new());
        var first = await one.ConnectAsync(other);
        first.Close("the test wants it");

        var second = await one.ConnectAsync(other);

        Assert.NotSame(first, second);
        Assert.False(second.IsClosed);
    }

    [Fact]
    public async Task SaturatedConnection_GetsHelpUpToConnectionsPerEndpoint()
    {
        var options = new NodeOptions { Connection = new() { ConnectionsPerEndpoint = 2 }, Network = new() { MaxQueuedBytes = 64_000_000, KeepAliveTimeout = TimeSpan.FromHours(1) } };
        await using var one = NetworkNode.StartClient(new(), options);
        using var listening = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listening.Start();
        var silo = SiloAddress.New((IPEndPoint)listening.LocalEndpoint, 0);
        var firstConnection = one.Manager.ConnectAsync(silo, Cancelled).AsTask();
        using var first = await GreetAsync(listening);
        Fill(await firstConnection);

        Assert.True(one.Manager.TryGet(silo, out var still));
        Assert.Same(await firstConnection, still);
        using var second = await GreetAsync(listening);

        var helper = await Eventually.GetAsync(() => Task.FromResult(one.Manager.TryGet(silo, out var found) ? found : null), found => found != still, Cancelled);
        Assert.Equal(SendOutcome.Queued, helper!.TrySend(OutgoingFrame.Rent(FrameKind.Request, 1)));
        Assert.Equal(1, (await second.ReadFrameAsync()).CorrelationId);

        // Far more than the system's own buffers take: it stays saturated.
        static void Fill(Connection connection)
        {
            var outcome = SendOutcome.Queued;
            while (outcome == SendOutcome.Queued)
            {
                var frame = OutgoingFrame.Rent(FrameKind.Request, 0);
                frame.Write(new byte[1_000_000]);
                outcome = connection.TrySend(frame);
                if (outcome != SendOutcome.Queued)
                    frame.Return();
            }
        }
    }

    private static async Task<RawPeer> GreetAsync(System.Net.Sockets.TcpListener listening)
    {
        var peer = new RawPeer(await listening.AcceptSocketAsync(Cancelled));
        await peer.ReadPreambleAsync();
        await peer.SendAsync(Preamble.Of(new("test", SiloAddress.New((IPEndPoint)listening.LocalEndpoint, 1), null), null));
        return peer;
    }
}
