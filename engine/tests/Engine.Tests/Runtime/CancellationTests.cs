using Orleans.Configuration;
using Orleans.Hosting;

namespace Engine.Tests.Runtime;

public sealed class CancellationTests
{
    [Fact]
    public async Task Cancel_OfARunningCall_CompletesTheCallerAndSignalsTheCallee()
    {
        await using var silo = await TestSilo.StartAsync();
        var gate = new Gate();
        var callee = new TaskCompletionSource<bool>();
        silo.Script.OnCall = async (grain, argument, token) =>
        {
            token.Register(() => callee.TrySetResult(ReferenceEquals(grain.GrainContext, Orleans.Runtime.RuntimeContext.Current)));
            await gate.Pass();
            return argument;
        };
        using var cancellation = new CancellationTokenSource();

        var call = silo.Probe().Cancellable(1, cancellation.Token);
        await gate.Arrival();
        await cancellation.CancelAsync();

        var thrown = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(cancellation.Token, thrown.CancellationToken);
        Assert.True(await callee.Task.WaitAsync(TestContext.Current.CancellationToken), "The callback must run in the grain.");
        gate.Open();
    }

    [Fact]
    public async Task Cancel_OfAWaitingCall_NeverStartsIt()
    {
        await using var silo = await TestSilo.StartAsync();
        var gate = new Gate();
        silo.Script.OnCall = async (_, argument, _) =>
        {
            silo.Script.Log.Enqueue($"{argument}");
            if (argument == 1)
            {
                await gate.Pass();
            }

            return argument;
        };
        using var cancellation = new CancellationTokenSource();

        var first = silo.Probe().Call(1);
        await gate.Arrival();
        var second = silo.Probe().Cancellable(2, cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        gate.Open();
        await first;
        await silo.Probe().Call(3);

        Assert.Equal(["1", "3"], silo.Script.Log);
    }

    [Fact]
    public async Task Call_WithACancelledToken_IsCancelledAndNeverSent()
    {
        await using var silo = await TestSilo.StartAsync();
        silo.Script.OnCall = (_, argument, _) =>
        {
            silo.Script.Log.Enqueue($"{argument}");
            return Task.FromResult(argument);
        };
        var cancelled = new CancellationToken(canceled: true);

        var thrown = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => silo.Probe().Cancellable(1, cancelled));
        await silo.Probe().Call(2);

        Assert.Equal(cancelled, thrown.CancellationToken);
        Assert.Equal(["2"], silo.Script.Log);
    }

    [Fact]
    public async Task Timeout_OfACall_EndsItForTheCallerOnly()
    {
        await using var silo = await TestSilo.StartAsync();
        var gate = new Gate();
        silo.Script.OnCall = async (_, argument, _) =>
        {
            if (argument == 1)
            {
                await gate.Pass();
                silo.Script.Log.Enqueue("went on");
            }

            return argument;
        };

        var slow = silo.Probe().Call(1);
        await gate.Arrival();
        silo.Time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(slow.IsCompleted);
        silo.Time.Advance(TimeSpan.FromSeconds(2));

        var thrown = await Assert.ThrowsAsync<TimeoutException>(() => slow);
        Assert.Contains("IProbe/Call", thrown.Message, StringComparison.Ordinal);
        gate.Open();
        Assert.Equal(2, await silo.Probe().Call(2));
        Assert.Equal(["went on"], silo.Script.Log);
    }

    [Fact]
    public async Task ResponseTimeoutAttribute_OfAMethod_ReplacesTheOption()
    {
        await using var silo = await TestSilo.StartAsync();
        var gate = new Gate();
        silo.Script.OnCall = async (_, argument, _) =>
        {
            await gate.Pass();
            return argument;
        };

        var call = silo.Probe().Short(1);
        await gate.Arrival();
        silo.Time.Advance(ProbeCall.ShortTimeout + TimeSpan.FromSeconds(1));

        await Assert.ThrowsAsync<TimeoutException>(() => call);
        gate.Open();
    }

    [Fact]
    public async Task CancelRequestOnTimeout_SignalsTheCallee()
    {
        await using var silo = await TestSilo.StartAsync(builder => builder.Configure<SiloMessagingOptions>(options => options.CancelRequestOnTimeout = true));
        var gate = new Gate();
        var signalled = new TaskCompletionSource();
        silo.Script.OnCall = async (_, argument, token) =>
        {
            token.Register(() => signalled.TrySetResult());
            await gate.Pass();
            return argument;
        };

        var call = silo.Probe().Cancellable(1, CancellationToken.None);
        await gate.Arrival();
        silo.Time.Advance(TimeSpan.FromMinutes(1));

        await Assert.ThrowsAsync<TimeoutException>(() => call);
        await signalled.Task.WaitAsync(TestContext.Current.CancellationToken);
        gate.Open();
    }
}
