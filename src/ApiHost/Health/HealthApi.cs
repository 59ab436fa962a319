using Crescent.ApiHost.Http;
using Crescent.EventStore;

namespace Crescent.ApiHost.Health;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: it can take orders.</summary>
internal static class HealthApi
{
    static readonly TimeSpan StorePatience = TimeSpan.FromSeconds(2);

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var health = routes.MapGroup("/health").AllowAnonymous().WithTags("Health");
        health.MapGet("/live", () => TypedResults.Ok(new HealthBody("live"))).WithName("Live").WithSummary("Whether the process answers");
        health.MapGet("/ready", ReadyAsync).WithName("Ready").WithSummary("Whether the process can take orders")
            .Produces<HealthBody>().Refuses(503);
    }

    static async Task<IResult> ReadyAsync(IHostApplicationLifetime lifetime, IEventStore store, TimeProvider time, CancellationToken ct)
    {
        if (!lifetime.ApplicationStarted.IsCancellationRequested)
            return new Problem(ProblemType.Unavailable, "The host is starting.");
        if (lifetime.ApplicationStopping.IsCancellationRequested)
            return new Problem(ProblemType.Unavailable, "The host is stopping.");
        try
        {
            await store.ReadHeadAsync(ct).WaitAsync(StorePatience, time, ct);
            return TypedResults.Ok(new HealthBody("ready"));
        }
        catch (Exception e) when (e is EventStoreUnavailableException or TimeoutException)
        {
            return new Problem(ProblemType.Unavailable, "The event store does not answer.");
        }
    }
}

/// <summary>The state of this process.</summary>
/// <param name="Status"><c>live</c> or <c>ready</c>.</param>
internal sealed record HealthBody(string Status);
