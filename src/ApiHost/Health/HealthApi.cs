using Crescent.ApiHost.Http;

namespace Crescent.ApiHost.Health;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: it can take orders.</summary>
internal static class HealthApi
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var health = routes.MapGroup("/health").AllowAnonymous().WithTags("Health");
        health.MapGet("/live", () => TypedResults.Ok(new HealthBody("live"))).WithName("Live").WithSummary("Whether the process answers");
        health.MapGet("/ready", ReadyAsync).WithName("Ready").WithSummary("Whether the process can take orders")
            .Produces<HealthBody>().Refuses(503);
    }

    static async Task<IResult> ReadyAsync(IHostApplicationLifetime lifetime, IReadiness readiness, TimeProvider time, CancellationToken ct)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
            return new Problem(ProblemType.Unavailable, "The host is stopping.");
        try
        {
            if (await readiness.FindFaultAsync(ct).WaitAsync(Patience, time, ct) is { } fault)
                return new Problem(ProblemType.Unavailable, fault);
            return lifetime.ApplicationStarted.IsCancellationRequested
                ? TypedResults.Ok(new HealthBody("ready"))
                : new Problem(ProblemType.Unavailable, "The host is starting.");
        }
        catch (TimeoutException)
        {
            return new Problem(ProblemType.Unavailable, "A check takes too long.");
        }
    }
}

/// <summary>Looks whether what this host stands on answers.</summary>
internal interface IReadiness
{
    /// <summary>A sentence that says what does not answer; null if all does.</summary>
    Task<string?> FindFaultAsync(CancellationToken ct);
}

/// <summary>The state of this process.</summary>
/// <param name="Status"><c>live</c> or <c>ready</c>.</param>
internal sealed record HealthBody(string Status);
