using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crescent.Silo.Clustered;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: its grains can be called and decide.</summary>
internal static class SiloHealth
{
    public static void MapSiloHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", static () => TypedResults.Ok(new Health("live", null)));
        routes.MapGet("/health/ready", static async (SiloReadiness readiness, CancellationToken ct) =>
            await readiness.FindFaultAsync(ct) is { } fault
                ? Results.Json(new Health("unavailable", fault), statusCode: StatusCodes.Status503ServiceUnavailable)
                : TypedResults.Ok(new Health("ready", null)));
    }

    /// <param name="Status"><c>live</c>, <c>ready</c> or <c>unavailable</c>.</param>
    /// <param name="Detail">What is missing.</param>
    internal sealed record Health(string Status, string? Detail);
}
