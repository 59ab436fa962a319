using System.Diagnostics;
using Crescent.ApiHost.Http;
using Crescent.GrainInterfaces;
using Microsoft.Extensions.Options;

namespace Crescent.ApiHost.Grains;

/// <summary>
/// Calls grains the way a request can afford: a bounded time, and one more attempt with the same message, which commands
/// recognise by their id. What fails twice becomes a <see cref="GrainUnavailableException"/>, answered as 503.
/// </summary>
internal sealed class GrainCalls(IGrainFactory grains, IOptions<GrainCallOptions> options, TimeProvider time)
{
    readonly TimeSpan _timeout = TimeSpan.FromSeconds(options.Value.TimeoutSeconds);

    /// <param name="key">The grain's key.</param>
    /// <param name="call">The call; it runs a second time if the first attempt failed or took too long.</param>
    /// <param name="ct">The client's patience.</param>
    /// <param name="grainWaits">Time the grain itself may spend waiting, on top of that of a call.</param>
    public async Task<TResult> CallAsync<TGrain, TResult>(
        string key, Func<TGrain, CancellationToken, Task<TResult>> call, CancellationToken ct, TimeSpan grainWaits = default)
        where TGrain : IGrainWithStringKey
    {
        var grain = grains.GetGrain<TGrain>(key);
        try
        {
            return await AttemptAsync(grain, call, _timeout + grainWaits, ct);
        }
        catch (Exception e) when (IsTransient(e) && !ct.IsCancellationRequested)
        {
            try
            {
                return await AttemptAsync(grain, call, _timeout + grainWaits, ct);
            }
            catch (Exception again) when (IsTransient(again) && !ct.IsCancellationRequested)
            {
                throw new GrainUnavailableException($"{typeof(TGrain).Name} did not answer twice.", again);
            }
        }
    }

    async Task<TResult> AttemptAsync<TGrain, TResult>(
        TGrain grain, Func<TGrain, CancellationToken, Task<TResult>> call, TimeSpan limit, CancellationToken ct)
    {
        RequestContext.Set(RequestContextKeys.CorrelationId, Activity.Current?.TraceId.ToHexString() ?? time.NewId().ToString());
        using var patience = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        return await call(grain, either.Token).WaitAsync(either.Token);
    }

    static bool IsTransient(Exception e) =>
        e is TimeoutException or OperationCanceledException or OrleansException or AggregateUnavailableException;
}

/// <summary>A grain could not be reached or did not answer in time; what became of the call is unknown.</summary>
internal sealed class GrainUnavailableException(string message, Exception inner) : Exception(message, inner);
