using Crescent.Testing;
using Orleans.Runtime;
using Orleans.Runtime.Messaging;
using Orleans.Runtime.Networking;

namespace Engine.Tests.Networking;

public sealed class ListenerTests
{
    [Fact]
    public async Task Start_OnAPortThatIsTaken_SaysSo()
    {
        await using var one = NetworkNode.StartSilo(new());
        await using var second = new ConnectionListener(one.Settings, one.Endpoint, PeerRole.Silo, new RecordingReceiver());

        Assert.Contains(one.Endpoint.ToString(), Assert.Throws<OrleansException>(second.Start).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connection_BeyondTheBound_IsToldThatTheSiloIsBusy()
    {
        await using var gateway = NetworkNode.StartSilo(new(), new() { Network = new() { MaxConnections = 1 } }, PeerRole.Client);
        await using var first = NetworkNode.StartClient(new());
        await using var second = NetworkNode.StartClient(new());
        await first.ConnectAsync(gateway);

        Assert.Contains("as many connections", (await Assert.ThrowsAsync<ConnectionFailedException>(() => second.ConnectAsync(gateway))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Strangers_WhoSayNothing_AreBoundedAndDoNotKeepOthersOut()
    {
        await using var gateway = NetworkNode.StartSilo(RecordingReceiver.CreateEcho(), new() { Network = new() { MaxConnections = 10 }, Connection = new() { OpenConnectionTimeout = TimeSpan.FromSeconds(1) } }, PeerRole.Client);
        var strangers = new List<RawPeer>();
        for (var i = 0; i < 40; i++)
            strangers.Add(await RawPeer.ConnectAsync(gateway.Endpoint));

        await Task.WhenAll(strangers.Select(stranger => stranger.ReadToEndAsync())).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => Task.FromResult(gateway.Listener.Count == 0), TestContext.Current.CancellationToken);
        await using var client = NetworkNode.StartClient(new());
        await client.ConnectAsync(gateway);

        Assert.Equal(1, gateway.Listener.Count);
        strangers.ForEach(stranger => stranger.Dispose());
    }

    [Fact]
    public async Task StopAsync_WithOpenConnections_ClosesThemAndThePort()
    {
        var gateway = NetworkNode.StartSilo(new(), null, PeerRole.Client);
        await using var client = NetworkNode.StartClient(new());
        var connection = await client.ConnectAsync(gateway);

        await gateway.Listener.StopAsync(TestContext.Current.CancellationToken);

        await connection.Closed.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<System.Net.Sockets.SocketException>(() => RawPeer.ConnectAsync(gateway.Address!.Endpoint));
        await gateway.DisposeAsync();
    }
}
