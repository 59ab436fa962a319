using System.Collections.Immutable;
using Orleans.Behaviours.Support;

namespace Orleans.Behaviours.Turns;

public sealed class InterleavingTests(Cluster cluster)
{
    private readonly Gate _first = Gate.New();
    private readonly Gate _second = Gate.New();

    [Fact]
    public async Task AlwaysInterleave_WhileACallAwaits_RunsAtOnce()
    {
        var grain = NewGrain<InterleavingGrain>();
        var write = grain.Write("write", _first.Name);
        await _first.Reached.Soon();

        await grain.Interleave("interleaved").Soon();

        Assert.False(write.IsCompleted);
        _first.Open();
        await write.Soon();
    }

    [Fact]
    public async Task ReadOnly_WhileAReadOnlyCallAwaits_RunsAtOnce()
    {
        var grain = NewGrain<InterleavingGrain>();
        var first = grain.Read("first", _first.Name);
        await _first.Reached.Soon();

        var second = grain.Read("second", _second.Name);
        await _second.Reached.Soon();

        _first.Open();
        _second.Open();
        await Task.WhenAll(first, second).Soon();
    }

    [Fact]
    public async Task ReadOnly_WhileAnotherCallAwaits_Waits()
    {
        var grain = NewGrain<InterleavingGrain>();
        var write = grain.Write("write", _first.Name);
        await _first.Reached.Soon();
        _second.Open();

        var read = grain.Read("read", _second.Name);
        await grain.Interleave("meanwhile").Soon();
        _first.Open();
        await Task.WhenAll(write, read).Soon();

        Assert.Equal(["write begins", "meanwhile", "write ends", "read begins", "read ends"], TraceOf(grain));
    }

    [Fact]
    public async Task Call_WhileAReadOnlyCallAwaits_Waits()
    {
        var grain = NewGrain<InterleavingGrain>();
        var read = grain.Read("read", _first.Name);
        await _first.Reached.Soon();
        _second.Open();

        var write = grain.Write("write", _second.Name);
        await grain.Interleave("meanwhile").Soon();
        _first.Open();
        await Task.WhenAll(read, write).Soon();

        Assert.Equal(["read begins", "meanwhile", "read ends", "write begins", "write ends"], TraceOf(grain));
    }

    [Fact]
    public async Task Call_ThatMustWait_DoesNotHoldUpOneThatMayStart()
    {
        var grain = NewGrain<InterleavingGrain>();
        var running = grain.Write("running", _first.Name);
        await _first.Reached.Soon();
        _second.Open();
        var waiting = grain.Write("waiting", _second.Name);

        await grain.Interleave("eligible").Soon();

        Assert.False(waiting.IsCompleted);
        _first.Open();
        await Task.WhenAll(running, waiting).Soon();
        Assert.Equal(["running begins", "eligible", "running ends", "waiting begins", "waiting ends"], TraceOf(grain));
    }

    [Fact]
    public async Task ReentrantGrain_WhileACallAwaits_TakesOthers()
    {
        var grain = NewGrain<ReentrantGrain>();
        var first = grain.Write("first", _first.Name);
        await _first.Reached.Soon();

        var second = grain.Write("second", _second.Name);
        await _second.Reached.Soon();

        _second.Open();
        await second.Soon();
        Assert.False(first.IsCompleted);
        _first.Open();
        await first.Soon();
    }

    [Fact]
    public async Task CallChain_BackToItsFirstGrain_DeadlocksUntilTheTimeout()
    {
        var first = cluster.Client.GetGrain<IChainGrain>(Cluster.NewKey(), typeof(ChainGrain).FullName);
        var second = cluster.Client.GetGrain<IChainGrain>(Cluster.NewKey(), typeof(ChainGrain).FullName);

        Assert.Equal("timed out", await first.CallThereAndBack(second).Soon());
    }

    [Fact]
    public async Task CallChain_BackToAReentrantGrain_IsAnswered()
    {
        var first = cluster.Client.GetGrain<IChainGrain>(Cluster.NewKey(), typeof(ReentrantChainGrain).FullName);
        var second = cluster.Client.GetGrain<IChainGrain>(Cluster.NewKey(), typeof(ChainGrain).FullName);

        Assert.Equal("answered", await first.CallThereAndBack(second).Soon());
    }

    private IInterleavingGrain NewGrain<TClass>() => cluster.Client.GetGrain<IInterleavingGrain>(Cluster.NewKey(), typeof(TClass).FullName);

    private static ImmutableList<string> TraceOf(IInterleavingGrain grain) => Trace.Of(grain.GetPrimaryKeyString()).Entries;
}
