using Crescent.Testing;
using Orleans.Runtime;
using Orleans.Runtime.Messaging;
using Orleans.Runtime.Networking;

namespace Engine.Tests.Networking;

/// <summary>What the hook for tests of whole clusters does to frames between silos.</summary>
public sealed class FaultTests
{
    private readonly Faults _faults = new();

    [Fact]
    public async Task Frame_ThatIsDroppedOrDoubled_ArrivesNeverOrTwice()
    {
        await using var one = NetworkNode.StartSilo(new(), new() { Faults = _faults });
        await using var other = NetworkNode.StartSilo(new());
        var connection = await one.ConnectAsync(other);

        Send(connection, 1, new(IsDropped: true, false, default));
        Send(connection, 2, new(false, IsDoubled: true, default));
        Send(connection, 3, default);

        Assert.Equal(2, (await other.Receiver.NextFrameAsync()).CorrelationId);
        Assert.Equal(2, (await other.Receiver.NextFrameAsync()).CorrelationId);
        Assert.Equal(3, (await other.Receiver.NextFrameAsync()).CorrelationId);
    }

    [Fact]
    public async Task Frame_ThatIsDelayed_ArrivesAfterLaterOnes()
    {
        var time = new ManualTime();
        await using var one = NetworkNode.StartSilo(new(), new() { Faults = _faults, Time = time });
        await using var other = NetworkNode.StartSilo(new());
        var connection = await one.ConnectAsync(other);

        Send(connection, 1, new(false, false, TimeSpan.FromMilliseconds(200)));
        Send(connection, 2, default);
        Assert.Equal(2, (await other.Receiver.NextFrameAsync()).CorrelationId);
        time.Advance(TimeSpan.FromMilliseconds(200));

        Assert.Equal(1, (await other.Receiver.NextFrameAsync()).CorrelationId);
    }

    [Fact]
    public async Task Silos_ThatAreCut_LoseTheirConnectionAndGetNoOther()
    {
        await using var one = NetworkNode.StartSilo(new(), new() { Faults = _faults, Connection = new() { ConnectionRetryDelay = TimeSpan.Zero } });
        await using var other = NetworkNode.StartSilo(new(), new() { Faults = _faults, Connection = new() { ConnectionRetryDelay = TimeSpan.Zero } });
        var connection = await one.ConnectAsync(other);

        _faults.AreCut = true;
        var frame = OutgoingFrame.Rent(FrameKind.Request, 1);
        Assert.Equal(SendOutcome.Closed, connection.TrySend(frame));
        frame.Return();
        await (await other.Receiver.NextOpenedAsync()).Closed.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<ConnectionFailedException>(() => one.ConnectAsync(other));

        // The other side has the old connection until it notices.
        await Eventually.TrueAsync(
            async () => await Record.ExceptionAsync(() => other.ConnectAsync(one)) is ConnectionFailedException, TestContext.Current.CancellationToken);
        _faults.AreCut = false;

        Assert.False((await one.ConnectAsync(other)).IsClosed);
    }

    private void Send(Connection connection, long id, FrameFault fault)
    {
        _faults.Next = fault;
        Assert.Equal(SendOutcome.Queued, connection.TrySend(OutgoingFrame.Rent(FrameKind.Request, id)));
    }

    private sealed class Faults : IFrameFaults
    {
        public FrameFault Next { get; set; }

        public bool AreCut { get; set; }

        public FrameFault OnSend(SiloAddress from, SiloAddress to, FrameKind kind) => kind == FrameKind.Request ? Next : default;

        public bool IsCut(SiloAddress from, SiloAddress to) => AreCut;
    }
}
