using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Storage;

namespace Engine.Tests.Runtime;

public sealed class LifeTests
{
    [Fact]
    public async Task FailedActivation_RejectsWhatWaitsWithTheException_AndTheNextCallTriesAgain()
    {
        await using var silo = await TestSilo.StartAsync();
        var failing = new Gate();
        silo.Script.OnActivate = async (_, _) =>
        {
            await failing.Pass();
            throw new ArgumentException("no");
        };

        var first = silo.Probe().Call(1);
        await failing.Arrival();
        var second = silo.Probe().Call(2);
        silo.Script.OnActivate = (_, _) => Task.CompletedTask;
        failing.Open();

        Assert.Equal("no", (await Assert.ThrowsAsync<ArgumentException>(() => first)).Message);
        Assert.Equal("no", (await Assert.ThrowsAsync<ArgumentException>(() => second)).Message);
        Assert.Equal(3, await silo.Probe().Call(3));
        Assert.Equal(0, silo.Script.Deactivations);
    }

    [Fact]
    public async Task FailedConstructor_IsAnInvalidOperation()
    {
        await using var silo = await TestSilo.StartAsync();
        silo.Script.OnConstruct = _ => throw new ArgumentException("no");

        var call = silo.Probe().Call(1);
        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => call);
        Assert.StartsWith("Failed to create an instance of grain type", thrown.Message, StringComparison.Ordinal);
        Assert.IsType<ArgumentException>(thrown.InnerException);
    }

    [Fact]
    public async Task SlowActivation_FailsAfterItsTimeout()
    {
        await using var silo = await TestSilo.StartAsync(builder => builder.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromMinutes(5)));
        var gate = new Gate();
        var cancelled = new TaskCompletionSource();
        silo.Script.OnActivate = async (_, token) =>
        {
            token.Register(() => cancelled.TrySetResult());
            await gate.Pass();
        };

        var call = silo.Probe().Call(1);
        await gate.Arrival();
        await silo.AdvanceUntil(TimeSpan.FromSeconds(5), () => call.IsCompleted);

        await Assert.ThrowsAsync<TimeoutException>(() => call);
        await cancelled.Task.WaitAsync(TestContext.Current.CancellationToken);
        gate.Open();
    }

    [Fact]
    public async Task DeactivateOnIdle_LetsRunningCallsEnd_AndLaterOnesGoToANewActivation()
    {
        await using var silo = await TestSilo.StartAsync();
        var gate = new Gate();
        var reasons = new List<DeactivationReasonCode>();
        silo.Script.OnDeactivate = (_, reason, _) =>
        {
            reasons.Add(reason.ReasonCode);
            return Task.CompletedTask;
        };
        silo.Script.OnCall = async (grain, argument, _) =>
        {
            if (argument == 1)
            {
                grain.End();
                await gate.Pass();
            }

            return grain.GetHashCode();
        };

        var first = silo.Probe().Call(1);
        await gate.Arrival();
        var second = silo.Probe().Call(2);
        Assert.Equal(0, silo.Script.Deactivations);
        gate.Open();

        Assert.NotEqual(await first, await second);
        Assert.Equal(2, silo.Script.Activations);
        Assert.Equal([DeactivationReasonCode.ApplicationRequested], reasons);
    }

    [Fact]
    public async Task InconsistentState_EscapingFromAGrain_DeactivatesOnlyTheOneThatThrew()
    {
        await using var silo = await TestSilo.StartAsync();
        var outer = 0;
        silo.Script.OnCall = async (grain, argument, _) =>
        {
            if (argument == 1)
            {
                return await grain.Factory.GetGrain<IProbe>("inner", typeof(ProbeGrain).FullName).Call(2);
            }

            if (argument == 2)
            {
                throw new InconsistentStateException("stale");
            }

            return grain.GetHashCode();
        };

        outer = await silo.Probe("outer").Call(3);
        var inner = await silo.Probe("inner").Call(3);
        await Assert.ThrowsAsync<InconsistentStateException>(() => silo.Probe("outer").Call(1));

        Assert.Equal(outer, await silo.Probe("outer").Call(3));
        Assert.NotEqual(inner, await silo.Probe("inner").Call(3));
    }

    [Fact]
    public async Task IdleActivation_IsCollectedAfterItsAge()
    {
        await using var silo = await TestSilo.StartAsync();
        await silo.Probe().Call(1);
        var context = silo.Catalog.Activations.Single();

        silo.Time.Advance(TimeSpan.FromMinutes(14));
        await silo.Probe().Call(1);
        silo.Time.Advance(TimeSpan.FromMinutes(14));
        Assert.False(context.Deactivated.IsCompleted);
        silo.Time.Advance(TimeSpan.FromMinutes(3));

        await context.Deactivated.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, silo.Script.Deactivations);
        Assert.Equal(0, silo.Catalog.Count);
    }

    [Fact]
    public async Task KeepAlive_AndDelayDeactivation_PreventCollection()
    {
        await using var silo = await TestSilo.StartAsync();
        silo.Script.OnCall = (grain, argument, _) =>
        {
            grain.Keep(argument == 1 ? TimeSpan.FromHours(1) : TimeSpan.Zero);
            return Task.FromResult(argument);
        };
        await silo.Probe("delayed").Call(1);
        var delayed = silo.Catalog.Activations.Single();
        await silo.LastingProbe().Call(2);

        silo.Time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(2, silo.Catalog.Count);
        silo.Time.Advance(TimeSpan.FromMinutes(3));

        await delayed.Deactivated.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, silo.Catalog.Count);
    }

    [Fact]
    public async Task StuckActivation_IsGivenUp_AndItsQueueGoesOn()
    {
        await using var silo = await TestSilo.StartAsync(builder => builder.Configure<SiloMessagingOptions>(options =>
        {
            options.ResponseTimeout = TimeSpan.FromDays(1);
            options.MaxRequestProcessingTime = TimeSpan.FromMinutes(10);
        }));
        var gate = new Gate();
        silo.Script.OnCall = async (_, argument, _) =>
        {
            if (argument == 1)
            {
                await gate.Pass();
            }

            return argument;
        };

        var stuck = silo.Probe().Call(1);
        await gate.Arrival();
        var waiting = silo.Probe().Call(2);
        silo.Time.Advance(TimeSpan.FromMinutes(12));

        Assert.Equal(2, await waiting);
        gate.Open();
        Assert.Equal(1, await stuck);
    }

    [Fact]
    public async Task Calls_RacingDeactivations_AllAnswerFromExactlyOneActivationAtATime()
    {
        await using var silo = await TestSilo.StartAsync(realTime: true);
        var live = 0;
        var doubles = 0;
        silo.Script.OnActivate = (_, _) =>
        {
            doubles += Interlocked.Increment(ref live) == 1 ? 0 : 1;
            return Task.CompletedTask;
        };
        silo.Script.OnDeactivate = async (_, _, _) =>
        {
            await Task.Yield();
            Interlocked.Decrement(ref live);
        };
        silo.Script.OnCall = (grain, argument, _) =>
        {
            if (argument % 7 == 0)
            {
                grain.End();
            }

            return Task.FromResult(argument);
        };

        var answered = 0;
        var rejected = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 1000; i++)
            {
                try
                {
                    Assert.Equal(i, await silo.Probe().Call(i));
                    Interlocked.Increment(ref answered);
                }
                catch (OrleansMessageRejectionException)
                {
                    Interlocked.Increment(ref rejected);
                }
            }
        })));

        Assert.Equal(0, doubles);
        Assert.Equal(8000, answered + rejected);
        Assert.True(silo.Script.Activations > 100);
    }
}
