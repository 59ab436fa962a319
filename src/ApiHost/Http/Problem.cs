using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Crescent.ApiHost.Http;

/// <summary>An answer in the form of RFC 9457. Everything this host refuses is answered by it.</summary>
internal sealed class Problem(ProblemType type, string? detail = null, IReadOnlyDictionary<string, string[]>? errors = null) : IResult, IStatusCodeHttpResult
{
    public const string ContentType = "application/problem+json";

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public ProblemType Type { get; } = type;

    public string? Detail { get; } = detail;

    public IReadOnlyDictionary<string, string[]>? Errors { get; } = errors;

    public int? StatusCode => Type.Status;

    /// <summary>Tells the client when the same request is worth sending again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Type.Status;
        if (RetryAfter is { } wait)
            response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);

        var body = new ProblemBody(
            Type.Uri, Type.Title, Type.Status, Detail, httpContext.Request.Path,
            Activity.Current?.TraceId.ToHexString() ?? httpContext.TraceIdentifier, Errors);
        return response.WriteAsJsonAsync(body, Json, ContentType, httpContext.RequestAborted);
    }
}

/// <summary>The members of a problem document.</summary>
/// <param name="Type">Names the kind of problem; never changes.</param>
/// <param name="Title">The kind of problem as a sentence.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What is particular to this occurrence.</param>
/// <param name="Instance">The path that was asked for.</param>
/// <param name="TraceId">Finds the request in traces and logs.</param>
/// <param name="Errors">Per field (JSON path or header name), what is wrong with it.</param>
internal sealed record ProblemBody(
    string Type, string Title, int Status, string? Detail, string Instance, string TraceId, IReadOnlyDictionary<string, string[]>? Errors);

internal static class ProblemMetadata
{
    /// <summary>Tells the OpenAPI document which problems an operation answers.</summary>
    public static TBuilder Refuses<TBuilder>(this TBuilder builder, params int[] statuses)
        where TBuilder : IEndpointConventionBuilder
    {
        foreach (var status in statuses)
            builder.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(ProblemBody), [Problem.ContentType]));
        return builder;
    }
}
