using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Streams;

namespace Engine.Tests.Streams;

public sealed class AttachedObserverTests
{
    private static readonly StreamItem[] s_items = [new(7, 0, "one"), new(7, 1, "two"), new(8, 0, "three")];
    private readonly List<string> _got = [];

    [Fact]
    public async Task DeliverAsync_ToAnObserverThatTakesAll_GivesItemsWithTheirTokens()
    {
        var outcome = await Items((_, _) => Task.CompletedTask).DeliverAsync(s_items, () => false, NullLogger.Instance);

        Assert.Equal(new DeliveryOutcome(3, 0), outcome);
        Assert.Equal(["one 7.0", "two 7.1", "three 8.0"], _got);
    }

    [Fact]
    public async Task DeliverAsync_ToAnObserverThatRefusesOne_StopsThere()
    {
        var observer = Items((item, _) => item == "two" ? throw new InvalidOperationException() : Task.CompletedTask);

        Assert.Equal(new DeliveryOutcome(1, 1), await observer.DeliverAsync(s_items, () => false, NullLogger.Instance));
    }

    [Fact]
    public async Task DeliverAsync_WhoseTimeIsUp_StopsAfterTheItemItIsAt()
    {
        var outcome = await Items((_, _) => Task.CompletedTask).DeliverAsync(s_items, () => true, NullLogger.Instance);

        Assert.Equal(new DeliveryOutcome(1, 0), outcome);
    }

    [Fact]
    public async Task DeliverAsync_OfAnItemOfAnotherType_CountsAsRefused()
    {
        var observer = new AttachedItemObserver<int>(new DelegateObserver<int>((_, _) => Task.CompletedTask, null, null));

        Assert.Equal(new DeliveryOutcome(0, 1), await observer.DeliverAsync(s_items, () => false, NullLogger.Instance));
    }

    [Fact]
    public async Task DeliverAsync_ToABatchObserverThatFails_RefusesTheWholeBatch()
    {
        var observer = new AttachedBatchObserver<string>(new DelegateBatchObserver<string>(_ => throw new InvalidOperationException(), null, null));

        Assert.Equal(new DeliveryOutcome(0, 3), await observer.DeliverAsync(s_items, () => false, NullLogger.Instance));
    }

    private AttachedItemObserver<string> Items(Func<string, StreamSequenceToken?, Task> onNext) => new(new DelegateObserver<string>(
        async (item, token) =>
        {
            await onNext(item, token);
            _got.Add($"{item} {token!.SequenceNumber}.{token.EventIndex}");
        },
        null,
        null));
}
