using Crescent.ApiHost.Auth;
using Crescent.ApiHost.Http;
using Crescent.ReadModels;
using Crescent.ReadModels.Analytics;
using Crescent.ReadModels.Projections;
using Crescent.ReadModels.Sagas;

namespace Crescent.ApiHost.Admin;

/// <summary><c>/api/v1/admin</c>: what operators and administrators look at.</summary>
internal static class AdminApi
{
    /// <summary>Bounds an answer: so many buckets at most, per dimension.</summary>
    const int MostBuckets = 1_000;
    const string DefaultSize = "hour";

    public static void MapAdmin(this IEndpointRouteBuilder routes)
    {
        var admin = routes.MapGroup("/admin").WithTags("Admin").RequireAuthorization(Roles.Operate).Refuses(400);
        admin.MapGet("/sagas", ListSagasAsync).WithName("ListSagas").WithSummary("List sagas, newest first")
            .Produces<Page<SagaRow>>();
        admin.MapGet("/sagas/{id:guid}", GetSagaAsync).WithName("GetSaga").WithSummary("Read the saga of an order")
            .Produces<SagaRow>().Refuses(404);
        admin.MapGet("/analytics", GetAnalyticsAsync).WithName("GetAnalytics").WithSummary("Read what was counted, per minute, hour or day")
            .Produces<AnalyticsBody>();
    }

    static Task<IResult> ListSagasAsync([AsParameters] ListParameters list, string? status, Listing listing, SagaQueries sagas, HttpContext context) =>
        listing.PageAsync(context, ProjectionNames.Sagas, (page, ct) => sagas.ListAsync(status?.ToLowerInvariant(), page, ct), saga => saga);

    static async Task<IResult> GetSagaAsync(Guid id, SagaQueries sagas, CancellationToken ct) =>
        await sagas.FindAsync(id.ToString(), ct) is { } saga ? TypedResults.Ok(saga) : new Problem(ProblemType.SagaNotFound);

    /// <param name="metric">orders, revenue, units or registrations.</param>
    /// <param name="size">minute, hour or day.</param>
    /// <param name="since">The first bucket begins here or later; by default as many buckets ago as an answer holds.</param>
    /// <param name="before">The last bucket begins before this; by default now.</param>
    /// <param name="analytics">The buckets.</param>
    /// <param name="time">The clock.</param>
    /// <param name="ct">Ends with the request.</param>
    static async Task<IResult> GetAnalyticsAsync(
        string metric, string? size, DateTimeOffset? since, DateTimeOffset? before, AnalyticsQueries analytics, TimeProvider time, CancellationToken ct)
    {
        size ??= DefaultSize;
        var errors = new FieldErrors();
        if (!AnalyticsQueries.Metrics.Contains(metric))
            errors.Add("metric", $"must be one of {string.Join(", ", AnalyticsQueries.Metrics)}");
        if (!AnalyticsQueries.Widths.TryGetValue(size, out var width))
            errors.Add("size", $"must be one of {string.Join(", ", AnalyticsQueries.Widths.Keys)}");
        var end = before ?? time.GetUtcNow();
        var start = since ?? end - MostBuckets * width;
        if (start > end || end - start > MostBuckets * width)
            errors.Add("since", $"must be at most {MostBuckets} buckets before the end");
        return errors.Any
            ? errors.ToProblem()
            : TypedResults.Ok(new AnalyticsBody(metric, size, await analytics.ListAsync(metric, size, start, end, ct)));
    }
}

/// <summary>What was counted.</summary>
/// <param name="Metric">What of.</param>
/// <param name="Size">The width of a bucket.</param>
/// <param name="Buckets">Those that something was counted in, oldest first.</param>
internal sealed record AnalyticsBody(string Metric, string Size, IReadOnlyList<BucketRow> Buckets);
