using Orleans.Runtime.Networking;

namespace Engine.Tests.Networking;

public sealed class SendQueueTests
{
    private static readonly int s_frameSize = FrameFormat.HeaderSize;

    [Fact]
    public void TryAdd_WhileNobodyDrains_AsksTheFirstToDrain()
    {
        var queue = new SendQueue(10, 10_000);

        Assert.Equal((SendOutcome.Queued, true), Add(queue, 1));
        Assert.Equal((SendOutcome.Queued, false), Add(queue, 2));
        Assert.Equal([1L, 2], Take(queue, DrainStep.Frames));
        Assert.Equal((SendOutcome.Queued, false), Add(queue, 3));
        Assert.Equal([3L], Take(queue, DrainStep.Frames));
        Assert.Empty(Take(queue, DrainStep.Idle));
        Assert.Equal((SendOutcome.Queued, true), Add(queue, 4));
    }

    [Fact]
    public void TryAdd_BeyondTheFrames_IsRefusedUntilSomeAreReleased()
    {
        var queue = new SendQueue(2, 10_000);
        Add(queue, 1);
        Add(queue, 2);

        Assert.Equal((SendOutcome.Full, false), Add(queue, 3));
        Take(queue, DrainStep.Frames);
        Assert.Equal((SendOutcome.Full, false), Add(queue, 3));
        queue.Release(1, s_frameSize);
        Assert.Equal((SendOutcome.Queued, false), Add(queue, 3));
        Assert.Equal((2, 2L * s_frameSize), (queue.Frames, queue.Bytes));
    }

    [Fact]
    public void TryAdd_BeyondTheBytes_IsRefusedUnlessNothingElseWaits()
    {
        var queue = new SendQueue(100, s_frameSize * 2);

        Assert.Equal(SendOutcome.Queued, Add(queue, 1, body: 500).Outcome);
        Assert.Equal(SendOutcome.Full, Add(queue, 2).Outcome);
        Assert.Equal(1, queue.Frames);
    }

    [Fact]
    public void Close_WithWaitingFrames_GivesThemBackInOrder()
    {
        var queue = new SendQueue(100, 10_000);
        Add(queue, 1);
        Add(queue, 2);

        Assert.Equal([1L, 2], Ids(queue.Close(out var isDraining)));
        Assert.True(isDraining);
        Assert.Equal((SendOutcome.Closed, false), Add(queue, 3));
        Assert.Empty(Take(queue, DrainStep.Closed));
        Assert.Null(queue.Close(out _));
    }

    [Fact]
    public void Close_WhileNobodyDrains_SaysSo()
    {
        var queue = new SendQueue(100, 10_000);
        Add(queue, 1);
        Take(queue, DrainStep.Frames);
        Take(queue, DrainStep.Idle);

        Assert.Null(queue.Close(out var isDraining));

        Assert.False(isDraining);
    }

    [Fact]
    public async Task Frames_OfManyThreads_AreTakenOnceEachAndInTheOrderOfTheirThread()
    {
        const int Threads = 4;
        const int Each = 20_000;
        var queue = new SendQueue(int.MaxValue, long.MaxValue);
        var taken = new List<long>();

        void Drain()
        {
            while (queue.Take(out var oldest) == DrainStep.Frames)
                taken.AddRange(Ids(oldest));
        }

        // Nothing guards the list but the promise that there is one drain at a time.
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(
            () =>
            {
                for (var i = 0; i < Each; i++)
                {
                    queue.TryAdd(OutgoingFrame.Rent(FrameKind.Request, ((long)thread << 32) + i), out var mustDrain);
                    if (mustDrain)
                        Drain();
                }
            },
            TestContext.Current.CancellationToken)));

        Assert.Equal(Threads * Each, taken.Count);
        for (var thread = 0; thread < Threads; thread++)
            Assert.Equal(Enumerable.Range(0, Each).Select(i => (long)i), taken.Where(id => id >> 32 == thread).Select(id => id & 0xffff_ffff));
    }

    private static (SendOutcome Outcome, bool MustDrain) Add(SendQueue queue, long id, int body = 0)
    {
        var frame = OutgoingFrame.Rent(FrameKind.Request, id);
        frame.Write(new byte[body]);
        return (queue.TryAdd(frame, out var mustDrain), mustDrain);
    }

    private static long[] Take(SendQueue queue, DrainStep expected)
    {
        Assert.Equal(expected, queue.Take(out var oldest));
        return [.. Ids(oldest)];
    }

    private static IEnumerable<long> Ids(OutgoingFrame? frame)
    {
        for (; frame is not null; frame = frame.Next)
            yield return frame.CorrelationId;
    }
}
