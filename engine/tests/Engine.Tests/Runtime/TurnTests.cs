using System.Collections.Concurrent;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Engine.Tests.Runtime;

public sealed class TurnTests
{
    [Fact]
    public async Task Call_OfNewGrain_ActivatesItAndAnswers()
    {
        await using var silo = await TestSilo.StartAsync();
        silo.Script.OnCall = (_, argument, _) => Task.FromResult(argument + 1);

        Assert.Equal(42, await silo.Probe().Call(41));
        Assert.Equal(43, await silo.Probe().CallValue(42));

        Assert.Equal(1, silo.Script.Activations);
    }

    [Fact]
    public async Task Call_WhileAnotherAwaits_WaitsForItsEnd()
    {
        await using var silo = await TestSilo.StartAsync();
        var gate = new Gate();
        var order = new ConcurrentQueue<string>();
        silo.Script.OnCall = async (_, argument, _) =>
        {
            order.Enqueue($"begin {argument}");
            if (argument == 1)
            {
                await gate.Pass();
            }

            order.Enqueue($"end {argument}");
            return argument;
        };

        var first = silo.Probe().Call(1);
        await gate.Arrival();
        var second = silo.Probe().Call(2);
        gate.Open();
        await Task.WhenAll(first, second);

        Assert.Equal(["begin 1", "end 1", "begin 2", "end 2"], order);
    }

    [Fact]
    public async Task AlwaysInterleave_WhileAnotherAwaits_RunsAtOnce()
    {
        await using var silo = await TestSilo.StartAsync();
        var gate = new Gate();
        silo.Script.OnCall = async (_, argument, _) =>
        {
            if (argument == 1)
            {
                await gate.Pass();
            }

            return argument;
        };

        var first = silo.Probe().Call(1);
        await gate.Arrival();
        var blocked = silo.Probe().Call(2);

        Assert.Equal(3, await silo.Probe().Interleave(3));
        Assert.False(blocked.IsCompleted);

        gate.Open();
        await Task.WhenAll(first, blocked);
    }

    [Fact]
    public async Task ReadOnly_WhileReadOnlyRuns_JoinsIt_AndAWriteWaitsForAll()
    {
        await using var silo = await TestSilo.StartAsync();
        var reads = new Gate();
        var written = false;
        silo.Script.OnCall = async (_, argument, _) =>
        {
            if (argument < 10)
            {
                await reads.Pass();
            }
            else
            {
                written = true;
            }

            return argument;
        };

        var first = silo.Probe().Read(1);
        await reads.Arrival();
        var write = silo.Probe().Call(10);
        var second = silo.Probe().Read(2);
        await reads.Arrival();

        Assert.False(written);
        reads.Open();
        await Task.WhenAll(first, second, write);
        Assert.True(written);
    }

    [Fact]
    public async Task ReadOnly_WaitingBehindAWrite_StartTogetherAfterIt()
    {
        await using var silo = await TestSilo.StartAsync();
        var write = new Gate();
        var reads = new Gate();
        silo.Script.OnCall = async (_, argument, _) =>
        {
            await (argument == 1 ? write : reads).Pass();
            return argument;
        };

        var first = silo.Probe().Call(1);
        await write.Arrival();
        var second = silo.Probe().Read(2);
        var third = silo.Probe().Read(3);
        write.Open();
        await reads.Arrival();
        await reads.Arrival();

        reads.Open();
        await Task.WhenAll(first, second, third);
    }

    [Fact]
    public async Task Reentrant_Calls_Interleave()
    {
        await using var silo = await TestSilo.StartAsync();
        var gate = new Gate();
        silo.Script.OnCall = async (_, argument, _) =>
        {
            await gate.Pass();
            return argument;
        };

        var first = silo.ReentrantProbe().Call(1);
        var second = silo.ReentrantProbe().Call(2);
        await gate.Arrival();
        await gate.Arrival();

        gate.Open();
        await Task.WhenAll(first, second);
    }

    [Fact]
    public async Task Turns_UnderLoad_NeverOverlap()
    {
        await using var silo = await TestSilo.StartAsync(realTime: true);
        var inside = 0;
        var overlaps = 0;
        var total = 0;
        silo.Script.OnCall = async (grain, argument, _) =>
        {
            for (var i = 0; i < 3; i++)
            {
                if (Interlocked.Increment(ref inside) != 1)
                {
                    Interlocked.Increment(ref overlaps);
                }

                total++;
                Interlocked.Decrement(ref inside);
                await Task.Yield();
            }

            return argument;
        };

        var grain = silo.ReentrantProbe();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 500; i++)
            {
                await grain.Call(i);
            }
        })));

        Assert.Equal(0, overlaps);
        Assert.Equal(8 * 500 * 3, total);
    }

    [Fact]
    public async Task TasksOfGrainCode_StayInTheGrain()
    {
        await using var silo = await TestSilo.StartAsync();
        silo.Script.OnCall = async (grain, _, token) =>
        {
            var scheduler = TaskScheduler.Current;
            Assert.NotSame(TaskScheduler.Default, scheduler);
            await Task.Yield();
            Assert.Same(scheduler, TaskScheduler.Current);
            Assert.Same(grain.GrainContext, RuntimeContext.Current);
            await Task.Factory.StartNew(() => Assert.Same(grain.GrainContext, RuntimeContext.Current), CancellationToken.None, TaskCreationOptions.None, TaskScheduler.Current);
            await Task.CompletedTask.ContinueWith(_ => Assert.Same(grain.GrainContext, RuntimeContext.Current), TaskScheduler.Current);
            await Task.Run(() => Assert.Null(RuntimeContext.Current), token);
            Assert.Same(grain.GrainContext, RuntimeContext.Current);
            return 1;
        };

        Assert.Equal(1, await silo.Probe().Call(0));
    }

    [Fact]
    public async Task Call_FromGrainToGrain_ComesBackToTheCallersTurn()
    {
        await using var silo = await TestSilo.StartAsync();
        silo.Script.OnCall = async (grain, argument, _) =>
        {
            if (argument == 0)
            {
                return 1;
            }

            var next = grain.Factory.GetGrain<IProbe>($"{argument - 1}", typeof(ProbeGrain).FullName);
            var below = argument % 2 == 0 ? await next.Call(argument - 1) : await next.CallValue(argument - 1);
            Assert.Same(grain.GrainContext, RuntimeContext.Current);
            return below + 1;
        };

        Assert.Equal(21, await silo.Probe("20").Call(20));
    }

    [Fact]
    public async Task Exception_OfAGrain_ReachesTheCallerAsItIs()
    {
        await using var silo = await TestSilo.StartAsync();
        silo.Script.OnCall = async (_, argument, _) =>
        {
            if (argument == 2)
            {
                await Task.Yield();
            }

            throw new FileNotFoundException("gone", "x.txt") { Data = { ["a"] = "b" } };
        };

        foreach (var argument in new[] { 1, 2 })
        {
            var thrown = await Assert.ThrowsAsync<FileNotFoundException>(() => silo.Probe().Call(argument));
            Assert.Equal("x.txt", thrown.FileName);
            Assert.Equal("b", thrown.Data["a"]);
            await Assert.ThrowsAsync<FileNotFoundException>(async () => await silo.Probe().CallValue(argument));
        }
    }

    [Fact]
    public async Task RequestContext_FlowsToCallees_AndDoesNotComeBackOrLeak()
    {
        await using var silo = await TestSilo.StartAsync();
        silo.Script.OnCall = (_, argument, _) =>
        {
            var seen = RequestContext.Get("key") as string;
            RequestContext.Set("key", "of the grain");
            return Task.FromResult(seen is null ? 0 : seen.Length);
        };

        RequestContext.Set("key", "four");
        Assert.Equal(4, await silo.Probe().Call(1));
        Assert.Equal("four", RequestContext.Get("key"));
        RequestContext.Clear();
        Assert.Equal(0, await silo.Probe().Call(1));
    }

    [Fact]
    public async Task Call_ToItself_OfANonReentrantGrain_TimesOut()
    {
        await using var silo = await TestSilo.StartAsync();
        var inside = new Gate();
        silo.Script.OnCall = async (grain, argument, token) =>
        {
            if (argument == 0)
            {
                return 0;
            }

            var again = grain.AsReference<IProbe>().Short(0);
            _ = inside.Pass();
            return await again;
        };

        var call = silo.Probe().Call(1);
        await inside.Arrival();
        silo.Time.Advance(ProbeCall.ShortTimeout + TimeSpan.FromSeconds(1));

        await Assert.ThrowsAsync<TimeoutException>(() => call);
    }

    [Fact]
    public async Task QueueLimit_Reached_RejectsFurtherCalls()
    {
        await using var silo = await TestSilo.StartAsync(builder => builder.Configure<SiloMessagingOptions>(options => options.MaxEnqueuedRequestsHardLimit = 2));
        var gate = new Gate();
        silo.Script.OnCall = async (_, argument, _) =>
        {
            await gate.Pass();
            return argument;
        };

        var running = silo.Probe().Call(1);
        await gate.Arrival();
        var waiting = new[] { silo.Probe().Call(2), silo.Probe().Call(3) };

        await Assert.ThrowsAsync<LimitExceededException>(() => silo.Probe().Call(4));
        gate.Open();
        await Task.WhenAll([running, .. waiting]);
        Assert.Equal(5, await silo.Probe().Call(5));
    }
}
