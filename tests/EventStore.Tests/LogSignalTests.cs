namespace Crescent.EventStore.Tests;

public sealed class LogSignalTests
{
    readonly LogSignal _signal = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WaitBeyond_HeadAlreadyBeyond_IsDone()
    {
        _signal.Publish(5);

        await _signal.WaitBeyondAsync(4, Ct).WaitAsync(TimeSpan.FromSeconds(10), Ct);
        Assert.Equal(5, _signal.Head);
    }

    [Fact]
    public async Task WaitBeyond_HeadMovesNotFarEnough_GoesOnWaiting()
    {
        var beyond = _signal.WaitBeyondAsync(2, Ct);
        _signal.Publish(1);
        _signal.Publish(2);
        Assert.False(beyond.IsCompleted);

        _signal.Publish(3);

        await beyond.WaitAsync(TimeSpan.FromSeconds(10), Ct);
    }

    [Fact]
    public void Publish_OlderPosition_ChangesNothing()
    {
        _signal.Publish(5);
        _signal.Publish(3);

        Assert.Equal(5, _signal.Head);
    }

    [Fact]
    public async Task WaitBeyond_Cancelled_EndsCancelled()
    {
        using var stop = new CancellationTokenSource();
        var beyond = _signal.WaitBeyondAsync(0, stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => beyond);
    }
}
