using System.Diagnostics;
using Crescent.ApiHost.Http;
using Crescent.GrainInterfaces;
using Microsoft.Extensions.Options;

namespace Crescent.ApiHost.Grains;

/// <summary>
/// Calls grains the way a request can afford: a bounded time, and one more attempt with the same message, which commands
/// recognise by their id. What fails twice becomes a <see cref="GrainUnavailableException"/>, answered as 503.
/// </summary>
/// <remarks>
/// A call that is refused, because the grain's silo went or has too much to do, is refused at once, while the others need
/// some seconds to agree that the silo is gone: within an attempt's time it is made again.
/// </remarks>
internal sealed class GrainCalls(IGrainFactory grains, ISiloLink link, IOptions<GrainCallOptions> options, TimeProvider time)
{
    static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(800);

    readonly TimeSpan _timeout = TimeSpan.FromSeconds(options.Value.TimeoutSeconds);

    /// <param name="key">The grain's key.</param>
    /// <param name="call">The call; it runs again if an attempt failed or took too long.</param>
    /// <param name="ct">The client's patience.</param>
    /// <param name="grainWaits">Time the grain itself may spend waiting, on top of that of a call.</param>
    public async Task<TResult> CallAsync<TGrain, TResult>(
        string key, Func<TGrain, CancellationToken, Task<TResult>> call, CancellationToken ct, TimeSpan grainWaits = default)
        where TGrain : IGrainWithStringKey
    {
        var grain = Find<TGrain>(key);
        try
        {
            return await AttemptAsync(grain, call, grainWaits, ct);
        }
        catch (Exception e) when (IsTransient(e) && !ct.IsCancellationRequested)
        {
            try
            {
                return await AttemptAsync(grain, call, grainWaits, ct);
            }
            catch (Exception again) when (IsTransient(again) && !ct.IsCancellationRequested)
            {
                throw new GrainUnavailableException($"{typeof(TGrain).Name} did not answer twice.", again);
            }
        }
    }

    /// <summary>A client that has not reached any silo yet does not know what grains there are.</summary>
    TGrain Find<TGrain>(string key) where TGrain : IGrainWithStringKey
    {
        try
        {
            return grains.GetGrain<TGrain>(key);
        }
        catch (Exception e) when (link.IsLost && e is (ArgumentException or InvalidOperationException))
        {
            throw new GrainUnavailableException("There is no silo yet.", e);
        }
    }

    async Task<TResult> AttemptAsync<TGrain, TResult>(
        TGrain grain, Func<TGrain, CancellationToken, Task<TResult>> call, TimeSpan grainWaits, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                return await CallOnceAsync(grain, call, _timeout + grainWaits - time.GetElapsedTime(started), ct);
            }
            catch (Exception e) when (IsRefusal(e) && !link.IsLost && time.GetElapsedTime(started) + pause < _timeout)
            {
                await Task.Delay(pause, time, ct);
            }
        }
    }

    async Task<TResult> CallOnceAsync<TGrain, TResult>(
        TGrain grain, Func<TGrain, CancellationToken, Task<TResult>> call, TimeSpan limit, CancellationToken ct)
    {
        RequestContext.Set(RequestContextKeys.CorrelationId, Activity.Current?.TraceId.ToHexString() ?? time.NewId().ToString());
        using var patience = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        return await call(grain, either.Token).WaitAsync(either.Token);
    }

    static bool IsTransient(Exception e) => e is TimeoutException or OperationCanceledException || IsRefusal(e);

    static bool IsRefusal(Exception e) => e is OrleansException or AggregateUnavailableException;
}

/// <summary>A grain could not be reached or did not answer in time; what became of the call is unknown.</summary>
internal sealed class GrainUnavailableException(string message, Exception inner) : Exception(message, inner);

/// <summary>Whether there is any silo to call.</summary>
internal interface ISiloLink
{
    bool IsLost { get; }
}
