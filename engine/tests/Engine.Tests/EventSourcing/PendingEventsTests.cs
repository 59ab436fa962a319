using Orleans.EventSourcing.CustomStorage;

namespace Engine.Tests.EventSourcing;

public sealed class PendingEventsTests
{
    private readonly PendingEvents<string> _pending = new();

    [Fact]
    public void WhenSettled_WithNothingPending_IsCompleted() => Assert.True(_pending.WhenSettled().IsCompleted);

    [Fact]
    public void WhenSettled_AskedTwiceAtOnePosition_IsOneTask()
    {
        _pending.Add("one");

        Assert.Same(_pending.WhenSettled(), _pending.WhenSettled());
    }

    [Fact]
    public void Settle_OfTheFirstEvents_ReleasesThoseWhoWaitForThem()
    {
        _pending.Add("one");
        var first = _pending.WhenSettled();
        _pending.Add("two");
        var second = _pending.WhenSettled();

        _pending.Settle(1);

        Assert.True(first.IsCompletedSuccessfully);
        Assert.False(second.IsCompleted);
        Assert.Equal(["two"], _pending.ToArray());
    }

    [Fact]
    public void RefuseStale_AtTheExpectedVersion_RefusesNothing()
    {
        var decided = AddConditional("one", version: 3);

        Assert.Equal(0, _pending.RefuseStale(3));

        Assert.False(decided.IsCompleted);
    }

    [Fact]
    public async Task RefuseStale_AtAnotherVersion_RefusesAllConditionalEventsAndKeepsTheOthers()
    {
        var first = AddConditional("one", version: 3);
        _pending.Add("two");
        var second = AddConditional("three", version: 3);

        Assert.Equal(2, _pending.RefuseStale(4));

        Assert.False(await first);
        Assert.False(await second);
        Assert.Equal(["two"], _pending.ToArray());
    }

    [Fact]
    public void RefuseStale_OfALaterEvent_DoesNotReleaseThoseWhoWaitForAnEarlierOne()
    {
        _pending.Add("one");
        var waiter = _pending.WhenSettled();
        AddConditional("two", version: 3);

        _pending.RefuseStale(4);

        Assert.False(waiter.IsCompleted);
        _pending.Settle(1);
        Assert.True(waiter.IsCompletedSuccessfully);
    }

    [Fact]
    public void RefuseStale_OfTheOnlyEvents_ReleasesThoseWhoWait()
    {
        AddConditional("one", version: 3);
        var waiter = _pending.WhenSettled();

        _pending.RefuseStale(4);

        Assert.True(waiter.IsCompletedSuccessfully);
    }

    [Fact]
    public void Abandon_WithEventsPending_CancelsWhoeverWaits()
    {
        var decided = AddConditional("one", version: 0);
        var waiter = _pending.WhenSettled();

        _pending.Abandon();

        Assert.True(decided.IsCanceled);
        Assert.True(waiter.IsCanceled);
        Assert.Equal(0, _pending.Count);
    }

    private Task<bool> AddConditional(string @event, int version)
    {
        var decided = new TaskCompletionSource<bool>();
        _pending.AddConditional(@event, version, decided);
        return decided.Task;
    }
}
