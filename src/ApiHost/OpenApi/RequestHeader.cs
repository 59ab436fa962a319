using Crescent.ApiHost.Http;
using Microsoft.OpenApi;

namespace Crescent.ApiHost.OpenApi;

/// <summary>A header that an operation reads by itself, which the API document would otherwise not know of.</summary>
internal sealed record RequestHeader(string Name, bool IsRequired, string Description)
{
    public static readonly RequestHeader IdempotencyKey = new(
        IdempotencyKeys.HeaderName, true, "A value of your choice that stays the same when you repeat this very request.");

    public static readonly RequestHeader Prefer = new(
        "Prefer", false, "wait=N (RFC 7240): answer when the order has ended, or after N seconds, at most 25.");

    public static readonly RequestHeader IfMatch = new(
        "If-Match", false, "The ETag the change is based on; at any other version it is refused with 412.");

    public OpenApiParameter ToParameter() => new()
    {
        Name = Name,
        In = ParameterLocation.Header,
        Required = IsRequired,
        Description = Description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };
}
