using Crescent.EventStore.Sqlite;

namespace Crescent.EventStore.Tests.Sqlite;

public sealed class WorkQueueTests : IDisposable
{
    readonly WorkQueue<int> _queue = new(capacity: 2);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _queue.Dispose();

    [Fact]
    public async Task Enqueue_Full_WaitsForRoom()
    {
        await _queue.EnqueueAsync(1, Ct);
        await _queue.EnqueueAsync(2, Ct);
        var third = _queue.EnqueueAsync(3, Ct).AsTask();
        Assert.False(third.IsCompleted);

        Assert.Equal([1], Take(max: 1));

        await third.WaitAsync(TimeSpan.FromSeconds(10), Ct);
        Assert.Equal([2, 3], Take(max: 10));
    }

    [Fact]
    public async Task Enqueue_CancelledWhileFull_GivesUp()
    {
        await _queue.EnqueueAsync(1, Ct);
        await _queue.EnqueueAsync(2, Ct);
        using var stop = new CancellationTokenSource();
        var third = _queue.EnqueueAsync(3, stop.Token).AsTask();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => third);
        Assert.Equal([1, 2], Take(max: 10));
    }

    [Fact]
    public async Task Take_Closed_GivesWhatIsLeftThenEnds()
    {
        await _queue.EnqueueAsync(1, Ct);
        _queue.Close();

        Assert.Equal([1], Take(max: 10));
        Assert.False(_queue.Take([], 10));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await _queue.EnqueueAsync(2, Ct));
    }

    List<int> Take(int max)
    {
        var taken = new List<int>();
        Assert.True(_queue.Take(taken, max));
        return taken;
    }
}
