using Crescent.Domain;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Crescent.Providers.Resilience;

/// <summary>Bounds every call to one provider in time and stops calling a provider that only fails.</summary>
public sealed partial class ProviderCircuit
{
    private readonly ResiliencePipeline _pipeline;
    private readonly CircuitBreakerStateProvider _position = new();
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly int _threshold;
    private int _failuresInARow;
    private volatile State _state;

    internal ProviderCircuit(string provider, ProviderCircuitOptions options, TimeProvider time, ILogger logger)
    {
        Provider = provider;
        _time = time;
        _logger = logger;
        _threshold = options.FailureThreshold;
        _state = new State(time.GetUtcNow(), null);
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                // The breaker is asked for "n failures in a row", which a failure ratio can't say: CountFailure reports
                // a failure only when it is the n-th in a row, and the first one reported opens the circuit.
                FailureRatio = 0,
                MinimumThroughput = 2,
                SamplingDuration = options.FailureWindow,
                BreakDuration = options.ResetTimeout,
                ShouldHandle = args => ValueTask.FromResult(CountFailure(args.Outcome.Exception, args.Context.CancellationToken)),
                StateProvider = _position,
                OnOpened = args => Became(CircuitPosition.Open, args.Outcome.Exception),
                OnHalfOpened = _ => Became(CircuitPosition.HalfOpen, null),
                OnClosed = _ => Became(CircuitPosition.Closed, null),
            })
            .AddTimeout(options.AttemptTimeout)
            .Build();
    }

    public string Provider { get; }

    public CircuitStatus Status
    {
        get
        {
            var state = _state;
            var position = _position.CircuitState switch
            {
                CircuitState.Closed => CircuitPosition.Closed,
                CircuitState.HalfOpen => CircuitPosition.HalfOpen,
                _ => CircuitPosition.Open,
            };
            return new CircuitStatus(Provider, position, state.Since, Volatile.Read(ref _failuresInARow), state.LastFailure);
        }
    }

    /// <exception cref="ProviderUnavailableException">The circuit is open: nothing was sent.</exception>
    /// <exception cref="TimeoutException">No answer within the time of one attempt: the outcome is unknown.</exception>
    public async Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken ct)
    {
        try
        {
            return await _pipeline.ExecuteAsync(static async (call, token) => await call(token), call, ct);
        }
        catch (BrokenCircuitException e)
        {
            throw new ProviderUnavailableException(Provider, e);
        }
        catch (TimeoutRejectedException e)
        {
            throw new TimeoutException($"The provider '{Provider}' did not answer within {e.Timeout}.", e);
        }
    }

    private bool CountFailure(Exception? failure, CancellationToken caller)
    {
        if (failure is null)
        {
            Interlocked.Exchange(ref _failuresInARow, 0);
            return false;
        }
        // The caller has given up: that says nothing about the provider.
        if (failure is OperationCanceledException && caller.IsCancellationRequested)
            return false;
        _state = _state with { LastFailure = failure.GetType().Name };
        return Interlocked.Increment(ref _failuresInARow) >= _threshold;
    }

    private ValueTask Became(CircuitPosition position, Exception? failure)
    {
        _state = new State(_time.GetUtcNow(), failure?.GetType().Name ?? _state.LastFailure);
        if (position == CircuitPosition.Open)
            LogOpened(Provider, Volatile.Read(ref _failuresInARow), _state.LastFailure);
        else
            LogMoved(Provider, position);
        return ValueTask.CompletedTask;
    }

    private sealed record State(DateTimeOffset Since, string? LastFailure);
}
