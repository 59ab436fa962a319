using Crescent.Testing;
using Orleans.Runtime.Networking;

namespace Engine.Tests.Networking;

public sealed class KeepAliveTests
{
    [Fact]
    public async Task SilentPeer_IsAskedEachPeriodAndGivenUpAfterTheTimeout()
    {
        var time = new ManualTime();
        await using var gateway = NetworkNode.StartSilo(new(), new() { Time = time }, PeerRole.Client);
        using var peer = await RawPeer.ConnectAsClientAsync(gateway);
        var connection = await gateway.Receiver.NextOpenedAsync();

        for (var second = 1; second < 5; second++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(FrameKind.Ping, (await peer.ReadFrameAsync()).Kind);
            Assert.False(connection.IsClosed);
        }

        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Contains("nothing was heard", (await gateway.Receiver.NextClosedAsync()).Reason!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PeerThatAnswers_StaysConnected()
    {
        var time = new ManualTime();
        await using var gateway = NetworkNode.StartSilo(new(), new() { Time = time }, PeerRole.Client);
        using var peer = await RawPeer.ConnectAsClientAsync(gateway);
        var connection = await gateway.Receiver.NextOpenedAsync();

        for (var second = 0; second < 30; second++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(FrameKind.Ping, (await peer.ReadFrameAsync()).Kind);
            await peer.SendAsync(Frames.Bytes(FrameKind.Pong, 0, []));

            // A frame behind the answer tells when the answer has been read.
            await peer.SendAsync(Frames.Bytes(FrameKind.Request, second, []));
            await gateway.Receiver.NextFrameAsync();
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.False(connection.IsClosed);
    }

    [Fact]
    public async Task ClockThatJumps_IsNotTakenForSilence()
    {
        var time = new ManualTime();
        await using var gateway = NetworkNode.StartSilo(new(), new() { Time = time, Network = new() { KeepAlivePeriod = TimeSpan.FromSeconds(1), KeepAliveTimeout = TimeSpan.FromSeconds(2) } }, PeerRole.Client);
        using var peer = await RawPeer.ConnectAsClientAsync(gateway);
        var connection = await gateway.Receiver.NextOpenedAsync();

        // As after a process was stopped and goes on: however long that was, the timer fires once.
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(FrameKind.Ping, (await peer.ReadFrameAsync()).Kind);
        Assert.False(connection.IsClosed);
    }
}
