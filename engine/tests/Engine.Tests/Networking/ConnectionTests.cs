using Orleans.Runtime.Networking;

namespace Engine.Tests.Networking;

public sealed class ConnectionTests
{
    [Fact]
    public async Task Frame_BetweenSilos_ArrivesWithItsHeaderAndBody()
    {
        await using var one = NetworkNode.StartSilo(new());
        await using var other = NetworkNode.StartSilo(new());

        var connection = await one.ConnectAsync(other);
        var frame = OutgoingFrame.Rent(FrameKind.Request, 42);
        frame.Flags = 3;
        frame.Write("hello"u8);
        Assert.Equal(SendOutcome.Queued, connection.TrySend(frame));

        var arrived = await other.Receiver.NextFrameAsync();
        Assert.Equal((FrameKind.Request, 3, 42L), (arrived.Kind, arrived.Flags, arrived.CorrelationId));
        Assert.Equal("hello"u8.ToArray(), arrived.Body);
        Assert.Equal(other.Address, connection.Peer.Silo);
        Assert.Equal(one.Address, arrived.Connection.Peer.Silo);
    }
}
