using Engine.CodeGeneration;
using Orleans.Hosting;

namespace Engine.Tests.Runtime;

/// <summary>Calls are pooled objects: no late event of one call may touch the next one in the same object.</summary>
public sealed class PoolTests
{
    [Fact]
    public async Task Answers_UnderTimeoutsAndCancellations_BelongToTheirOwnCall()
    {
        await using var silo = await TestSilo.StartAsync(realTime: true);
        silo.Script.OnCall = async (_, argument, _) =>
        {
            // Some answer at once, some after a while, some when their caller has long gone.
            for (var i = 0; i < argument % 50; i++)
            {
                await Task.Yield();
            }

            return argument % 13 == 0 ? throw new InvalidOperationException($"{argument}") : argument * 2;
        };

        var wrong = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(lane => Task.Run(async () =>
        {
            var grain = silo.ReentrantProbe($"{lane % 3}");
            for (var i = lane; i < 20_000; i += 8)
            {
                using var cancellation = new CancellationTokenSource();
                var call = i % 4 == 0 ? grain.CallValue(i) : new ValueTask<int>(grain.Cancellable(i, cancellation.Token));
                if (i % 3 == 0)
                {
                    await cancellation.CancelAsync();
                }

                try
                {
                    wrong += await call == i * 2 ? 0 : 1;
                }
                catch (InvalidOperationException exception)
                {
                    wrong += exception.Message == $"{i}" ? 0 : 1;
                }
                catch (OperationCanceledException)
                {
                    wrong += i % 3 == 0 ? 0 : 1;
                }
            }
        })));

        Assert.Equal(0, wrong);
    }

    [Fact]
    public async Task LateAnswer_OfACallThatTimedOut_ReachesNobody()
    {
        await using var silo = await TestSilo.StartAsync();
        var gate = new Gate();
        silo.Script.OnCall = async (_, argument, _) =>
        {
            if (argument < 0)
            {
                await gate.Pass();
            }

            return argument;
        };

        var late = Enumerable.Range(1, 200).Select(i => silo.ReentrantProbe().Short(-i)).ToArray();
        foreach (var _ in late)
        {
            await gate.Arrival();
        }

        silo.Time.Advance(ProbeCall.ShortTimeout + TimeSpan.FromSeconds(1));
        foreach (var call in late)
        {
            await Assert.ThrowsAsync<TimeoutException>(() => call);
        }

        var next = Enumerable.Range(1, 2000).Select(i => silo.ReentrantProbe().Call(i)).ToArray();
        gate.Open();
        Assert.Equal(Enumerable.Range(1, 2000), await Task.WhenAll(next));
    }

    [Fact]
    public async Task Call_ThatHasBeenAnswered_IsRentedAgain()
    {
        await using var silo = await TestSilo.StartAsync();
        var call = ProbeCall.Rent(ProbeMethod.Call, 1);
        call.Reset();

        Assert.Same(call, ProbeCall.Rent(ProbeMethod.Call, 2));
        Assert.Equal(3, await silo.Probe().Call(3));
    }

    [Fact]
    public async Task RoundTrip_SendsArgumentsResultsAndExceptionsThroughTheCodecs()
    {
        await using var silo = await TestSilo.StartAsync(builder => builder.Configure<Orleans.Configuration.CallDiagnosticsOptions>(options => options.RoundTripsCalls = true));
        var grain = silo.Client.GetGrain<ITravelGrain>("x");
        var sent = new Luggage("suitcase");

        var back = await grain.Carry(sent);

        Assert.Equal(sent, back);
        Assert.NotSame(sent, back);
        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => grain.Lose(sent));
        Assert.Equal("lost suitcase", thrown.Message);
    }

    [Fact]
    public async Task ImmutableArguments_AreNotCopied()
    {
        await using var silo = await TestSilo.StartAsync();
        var sent = new Luggage("suitcase");

        Assert.Same(sent, await silo.Client.GetGrain<ITravelGrain>("x").Carry(sent));
    }

    [Fact]
    public void Pool_OfManyReturns_KeepsABoundedNumber()
    {
        var calls = Enumerable.Range(0, 10_000).Select(_ => new ProbeCall()).ToArray();
        foreach (var call in calls)
        {
            GrainCallPool<ProbeCall>.Return(call);
        }

        var kept = calls.ToHashSet();
        Assert.True(Enumerable.Range(0, 10_000).Count(_ => kept.Contains(GrainCallPool<ProbeCall>.Rent())) < 5_000);
    }
}
