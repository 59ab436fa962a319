using Crescent.ApiHost.Auth;
using Crescent.ApiHost.Http;
using Crescent.Domain.Analytics;
using Crescent.ReadModels;
using Crescent.ReadModels.Sagas;

namespace Crescent.ApiHost.Admin;

/// <summary><c>/api/v1/admin</c>: what operators and administrators look at.</summary>
internal static class AdminApi
{
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
        listing.PageAsync(context, SagaProjection.ProjectionName, (page, ct) => sagas.ListAsync(status?.ToLowerInvariant(), page, ct), saga => saga);

    static async Task<IResult> GetSagaAsync(Guid id, SagaQueries sagas, CancellationToken ct) =>
        await sagas.FindAsync(id.ToString(), ct) is { } saga ? TypedResults.Ok(saga) : new Problem(ProblemType.SagaNotFound);

    /// <param name="metric">orders, revenue, units or registrations.</param>
    /// <param name="size">minute, hour or day.</param>
    /// <param name="since">The first bucket begins here or later; by default as many buckets ago as an answer holds.</param>
    /// <param name="before">The last bucket begins before this; by default now.</param>
    /// <param name="store">The buckets.</param>
    /// <param name="time">The clock.</param>
    /// <param name="ct">Ends with the request.</param>
    static async Task<IResult> GetAnalyticsAsync(
        string metric, string? size, DateTimeOffset? since, DateTimeOffset? before, IAnalyticsStore store, TimeProvider time, CancellationToken ct)
    {
        var errors = new FieldErrors();
        if (!Enum.TryParse<Metric>(metric, ignoreCase: true, out var wanted) || !Enum.IsDefined(wanted))
            errors.Add("metric", "must be one of orders, revenue, units, registrations");
        if (!Enum.TryParse<BucketSize>(size ?? nameof(BucketSize.Hour), ignoreCase: true, out var width) || !Enum.IsDefined(width))
            errors.Add("size", "must be one of minute, hour, day");
        var end = before ?? time.GetUtcNow();
        var start = since ?? end - AnalyticsBody.LongestSpan(width);
        if (end - start > AnalyticsBody.LongestSpan(width) || end < start)
            errors.Add("since", $"must be before the end and within {AnalyticsBody.LongestSpan(width)} of it");
        if (errors.Any)
            return errors.ToProblem();

        var buckets = await store.QueryAsync(wanted, width, start, end, ct);
        return TypedResults.Ok(new AnalyticsBody(wanted, width, [.. buckets.Select(bucket => new BucketBody(bucket.Key.Start, bucket.Key.Dimension, bucket.Value))]));
    }
}

/// <summary>What was counted.</summary>
/// <param name="Metric">What of.</param>
/// <param name="Size">The width of a bucket.</param>
/// <param name="Buckets">Those that something was counted in, oldest first.</param>
internal sealed record AnalyticsBody(Metric Metric, BucketSize Size, IReadOnlyList<BucketBody> Buckets)
{
    const int MostBuckets = 1_000;

    /// <summary>Bounds an answer: so many buckets at most, per dimension.</summary>
    public static TimeSpan LongestSpan(BucketSize size) => MostBuckets * size switch
    {
        BucketSize.Minute => TimeSpan.FromMinutes(1),
        BucketSize.Hour => TimeSpan.FromHours(1),
        _ => TimeSpan.FromDays(1),
    };
}

/// <summary>One bucket.</summary>
/// <param name="Start">When it begins.</param>
/// <param name="Dimension">Currency or product id; empty for metrics without one.</param>
/// <param name="Value">How much or how many.</param>
internal sealed record BucketBody(DateTimeOffset Start, string Dimension, decimal Value);
