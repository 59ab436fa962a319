using System.Buffers;
using Orleans.Runtime;

namespace Engine.Tests.Messaging;

public sealed class PendingAnswersTests
{
    [Fact]
    public void Take_Twice_GivesItOnce()
    {
        var pending = new PendingAnswers(1_000);
        var item = new Item();
        var number = pending.Add(item, null);

        Assert.Same(item, pending.Take(number));
        Assert.Null(pending.Take(number));
        Assert.Equal(0, pending.Count);
    }

    [Fact]
    public void Take_PlaceWasUsedAgain_LateAnswerFindsNothing()
    {
        var pending = new PendingAnswers(1_000);
        var numbers = new HashSet<long>();
        for (var i = 0; i < 10_000; i++)
        {
            var number = pending.Add(new Item(), null);
            Assert.True(numbers.Add(number));
            Assert.NotNull(pending.Take(number));
        }

        Assert.All(numbers, number => Assert.Null(pending.Take(number)));
    }

    [Fact]
    public void Add_TooMany_IsRefused()
    {
        var pending = new PendingAnswers(1);
        var numbers = new List<long>();
        while (pending.Add(new Item(), null) is not 0 and var number)
        {
            numbers.Add(number);
            Assert.True(numbers.Count < 10_000);
        }

        pending.Take(numbers[^1]);
        Assert.All(numbers[..^1], number => Assert.NotNull(pending.Take(number)));
    }

    [Fact]
    public void TakeExpired_LeavesTheOthers()
    {
        var pending = new PendingAnswers(1_000);
        var stays = pending.Add(new Item { Until = 20 }, null);
        pending.Add(new Item { Until = 10 }, null);

        Assert.Equal(10, Assert.IsType<Item>(Assert.Single(pending.TakeExpired(10))).Until);
        Assert.NotNull(pending.Take(stays));
    }

    [Fact]
    public async Task AddAndTake_FromManyThreads_EveryItemIsTakenOnce()
    {
        var pending = new PendingAnswers(100_000);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 20_000; i++)
            {
                var item = new Item();
                Assert.Same(item, pending.Take(pending.Add(item, null)));
            }
        })));

        Assert.Equal(0, pending.Count);
    }

    [Fact]
    public void Take_AnyNumber_NeverThrows()
    {
        var pending = new PendingAnswers(1_000);
        pending.Add(new Item(), null);
        var random = new Random(4711);
        for (var i = 0; i < 10_000; i++)
        {
            _ = pending.ConnectionOf(random.NextInt64(long.MinValue, long.MaxValue));
        }

        Assert.Equal(1, pending.Count);
    }

    private sealed class Item : IAwaitsAnswer
    {
        public long Until { get; init; } = long.MaxValue;

        public void Answered(in ReadOnlySequence<byte> body)
        {
        }

        public void Failed(Exception exception, bool wasSent)
        {
        }

        public bool IsExpired(long now) => Until <= now;

        public void Expire()
        {
        }
    }
}
