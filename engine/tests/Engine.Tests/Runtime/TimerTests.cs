using Orleans;
using Orleans.Runtime;

namespace Engine.Tests.Runtime;

public sealed class TimerTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Tick_WhileACallRuns_WaitsForItsEnd()
    {
        await using var silo = await TestSilo.StartAsync();
        var call = new Gate();
        var ticks = new Gate();
        ticks.Open();
        silo.Script.OnCall = async (grain, argument, _) =>
        {
            grain.RegisterGrainTimer(ticks.Pass, Second, Timeout.InfiniteTimeSpan);
            await call.Pass();
            Assert.Equal(0, ticks.Arrived);
            return argument;
        };

        var running = silo.Probe().Call(1);
        await call.Arrival();
        silo.Time.Advance(2 * Second);
        call.Open();
        await running;

        await ticks.Arrival();
    }

    [Fact]
    public async Task InterleavingTick_WhileACallRuns_RunsAtOnce()
    {
        await using var silo = await TestSilo.StartAsync();
        var call = new Gate();
        var ticks = new Gate();
        ticks.Open();
        silo.Script.OnCall = async (grain, argument, _) =>
        {
            grain.RegisterGrainTimer(ticks.Pass, new GrainTimerCreationOptions(Second, Second) { Interleave = true });
            await call.Pass();
            return argument;
        };

        var running = silo.Probe().Call(1);
        await call.Arrival();
        silo.Time.Advance(Second);
        await ticks.Arrival();

        call.Open();
        await running;
    }

    [Fact]
    public async Task Period_BeginsAfterTheCallback_AndSurvivesItsExceptions()
    {
        await using var silo = await TestSilo.StartAsync();
        var ticks = new Gate();
        silo.Script.OnCall = (grain, argument, _) =>
        {
            grain.RegisterGrainTimer<int>(
                async (_, _) =>
                {
                    await ticks.Pass();
                    throw new InvalidOperationException("logged");
                },
                0,
                Second,
                Second);
            return Task.FromResult(argument);
        };

        await silo.Probe().Call(1);
        silo.Time.Advance(Second);
        await ticks.Arrival();
        silo.Time.Advance(10 * Second);
        Assert.Equal(1, ticks.Arrived);
        ticks.Open();
        await silo.AdvanceUntil(Second, () => ticks.Arrived >= 3);
    }

    [Fact]
    public async Task Timer_OfADeactivatedGrain_Stops_AndItsTokenIsCancelled()
    {
        await using var silo = await TestSilo.StartAsync();
        var ticks = new Gate();
        var token = CancellationToken.None;
        silo.Script.OnCall = (grain, argument, _) =>
        {
            if (argument == 1)
            {
                grain.RegisterGrainTimer(
                    cancellation =>
                    {
                        token = cancellation;
                        return ticks.Pass();
                    },
                    new GrainTimerCreationOptions(Second, Second));
            }
            else
            {
                grain.End();
            }

            return Task.FromResult(argument);
        };
        ticks.Open();

        await silo.Probe().Call(1);
        silo.Time.Advance(Second);
        await ticks.Arrival();
        var context = silo.Catalog.Activations.Single();
        await silo.Probe().Call(2);
        await context.Deactivated.WaitAsync(TestContext.Current.CancellationToken);

        Assert.True(token.IsCancellationRequested);
        var before = ticks.Arrived;
        silo.Time.Advance(10 * Second);
        Assert.Equal(before, ticks.Arrived);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Ticks_CountAsUse_OnlyWithKeepAlive(bool keepAlive)
    {
        await using var silo = await TestSilo.StartAsync();
        var ticks = new Gate();
        ticks.Open();
        silo.Script.OnCall = (grain, argument, _) =>
        {
            grain.RegisterGrainTimer(ticks.Pass, new GrainTimerCreationOptions(60 * Second, 60 * Second) { KeepAlive = keepAlive });
            return Task.FromResult(argument);
        };

        await silo.Probe().Call(1);
        for (var minute = 0; minute < 20; minute++)
        {
            silo.Time.Advance(60 * Second);
            if (silo.Catalog.Count > 0)
            {
                await silo.Settle();
            }
        }

        Assert.Equal(keepAlive ? 1 : 0, silo.Catalog.Count);
    }

    [Fact]
    public async Task Change_MovesTheNextTick_AndDisposeEndsAll()
    {
        await using var silo = await TestSilo.StartAsync();
        var ticks = new Gate();
        ticks.Open();
        IGrainTimer? timer = null;
        silo.Script.OnCall = (grain, argument, _) =>
        {
            timer ??= grain.RegisterGrainTimer(ticks.Pass, 100 * Second, 100 * Second);
            return Task.FromResult(argument);
        };

        await silo.Probe().Call(1);
        timer!.Change(Second, Second);
        silo.Time.Advance(Second);
        await ticks.Arrival();
        await silo.AdvanceUntil(Second, () => ticks.Arrived >= 2);
        timer.Dispose();
        await silo.Settle();
        var before = ticks.Arrived;
        silo.Time.Advance(10 * Second);
        await silo.Settle();

        Assert.Equal(before, ticks.Arrived);
    }
}
