using Crescent.Domain;
using Crescent.Providers.Resilience;
using Crescent.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Crescent.Providers.Tests.Resilience;

public sealed class ProviderCircuitTests
{
    private readonly ManualTime _time = new();
    private readonly ProviderCircuitOptions _options = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CallAsync_FiveFailuresInARow_OpensAndRefusesWithoutCalling()
    {
        var circuit = NewCircuit();
        await FailAsync(circuit, 5);

        var calls = 0;
        var refusal = await Assert.ThrowsAsync<ProviderUnavailableException>(() => circuit.CallAsync(_ => Task.FromResult(++calls), Ct));

        Assert.Equal("payment", refusal.Provider);
        Assert.Equal(0, calls);
        Assert.Equal(CircuitPosition.Open, circuit.Status.Position);
        Assert.Equal(5, circuit.Status.FailuresInARow);
        Assert.Equal(nameof(HttpRequestException), circuit.Status.LastFailure);
    }

    [Fact]
    public async Task CallAsync_SuccessBetweenFailures_StaysClosed()
    {
        var circuit = NewCircuit();
        for (var i = 0; i < 3; i++)
        {
            await FailAsync(circuit, 4);
            Assert.Equal(7, await circuit.CallAsync(_ => Task.FromResult(7), Ct));
        }

        Assert.Equal(CircuitPosition.Closed, circuit.Status.Position);
        Assert.Equal(0, circuit.Status.FailuresInARow);
    }

    [Fact]
    public async Task CallAsync_ManySuccessesThenFiveFailures_Opens()
    {
        var circuit = NewCircuit();
        for (var i = 0; i < 1000; i++)
            await circuit.CallAsync(_ => Task.FromResult(i), Ct);
        await FailAsync(circuit, 5);

        Assert.Equal(CircuitPosition.Open, circuit.Status.Position);
    }

    [Fact]
    public async Task CallAsync_ProbeSucceedsAfterReset_Closes()
    {
        var circuit = NewCircuit();
        await FailAsync(circuit, 5);
        _time.Advance(_options.ResetTimeout);

        Assert.Equal(7, await circuit.CallAsync(_ => Task.FromResult(7), Ct));

        Assert.Equal(CircuitPosition.Closed, circuit.Status.Position);
        Assert.Equal(_time.GetUtcNow(), circuit.Status.Since);
    }

    [Fact]
    public async Task CallAsync_ProbeInFlight_IsHalfOpenAndLetsNobodyElseThrough()
    {
        var circuit = NewCircuit();
        await FailAsync(circuit, 5);
        _time.Advance(_options.ResetTimeout);
        var answer = new TaskCompletionSource<int>();

        var probe = circuit.CallAsync(_ => answer.Task, Ct);

        Assert.Equal(CircuitPosition.HalfOpen, circuit.Status.Position);
        await Assert.ThrowsAsync<ProviderUnavailableException>(() => circuit.CallAsync(_ => Task.FromResult(1), Ct));
        answer.SetResult(7);
        Assert.Equal(7, await probe);
    }

    [Fact]
    public async Task CallAsync_ProbeFails_OpensAgain()
    {
        var circuit = NewCircuit();
        await FailAsync(circuit, 5);
        _time.Advance(_options.ResetTimeout);
        await FailAsync(circuit, 1);

        await Assert.ThrowsAsync<ProviderUnavailableException>(() => circuit.CallAsync(_ => Task.FromResult(1), Ct));
    }

    [Fact]
    public async Task CallAsync_NoAnswerWithinAttemptTimeout_ThrowsTimeoutAndCountsAsFailure()
    {
        var circuit = NewCircuit();

        var call = circuit.CallAsync(NeverAsync, Ct);
        await _time.WhenArmedAsync();
        _time.Advance(_options.AttemptTimeout);

        await Assert.ThrowsAsync<TimeoutException>(() => call);
        Assert.Equal(1, circuit.Status.FailuresInARow);
    }

    [Fact]
    public async Task CallAsync_CallerGivesUp_IsNoFailureOfTheProvider()
    {
        var circuit = NewCircuit();
        using var caller = new CancellationTokenSource();

        var call = circuit.CallAsync(NeverAsync, caller.Token);
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(0, circuit.Status.FailuresInARow);
    }

    private static async Task<int> NeverAsync(CancellationToken ct)
    {
        await new TaskCompletionSource().Task.WaitAsync(ct);
        return 0;
    }

    private ProviderCircuit NewCircuit() => new("payment", _options, _time, NullLogger.Instance);

    private static async Task FailAsync(ProviderCircuit circuit, int times)
    {
        for (var i = 0; i < times; i++)
            await Assert.ThrowsAsync<HttpRequestException>(() =>
                circuit.CallAsync<int>(_ => Task.FromException<int>(new HttpRequestException("out of reach")), Ct));
    }
}
