using System.Globalization;
using Crescent.ApiHost.Http;
using Microsoft.Extensions.Options;

namespace Crescent.ApiHost.RateLimits;

/// <summary>
/// Limits each caller and tells it where it stands, in the headers of draft-ietf-httpapi-ratelimit-headers. The framework's
/// limiter does not tell how much is left, which is what lets a client slow down before it is refused.
/// </summary>
internal static class RateLimiting
{
    const string PolicyName = "\"caller\"";

    public static void AddRateLimits(this IServiceCollection services) => services.AddSingleton(provider => new RequestWindows(
        provider.GetRequiredService<IOptions<RateLimitOptions>>().Value, provider.GetRequiredService<TimeProvider>()));

    public static void UseRateLimits(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<RateLimitOptions>>().Value;
        if (options.Requests == 0)
            return;

        var windows = app.Services.GetRequiredService<RequestWindows>();
        var policy = string.Create(CultureInfo.InvariantCulture, $"{PolicyName};q={options.Requests};w={options.WindowSeconds}");
        app.UseWhen(IsLimited, limited => limited.Use((context, next) =>
        {
            var allowance = windows.Take(CallerOf(context));
            var seconds = (long)Math.Ceiling(allowance.Reset.TotalSeconds);
            context.Response.Headers["RateLimit-Policy"] = policy;
            context.Response.Headers["RateLimit"] = string.Create(
                CultureInfo.InvariantCulture, $"{PolicyName};r={allowance.Remaining};t={seconds}");
            return allowance.Allowed
                ? next(context)
                : new Problem(ProblemType.TooManyRequests) { RetryAfter = allowance.Reset }.ExecuteAsync(context);
        }));
    }

    /// <summary>Health is asked by machines that act on a refusal as on a failure.</summary>
    static bool IsLimited(HttpContext context) => !context.Request.Path.StartsWithSegments("/health");

    static string CallerOf(HttpContext context) => context.User.FindFirst("sub") is { } subject
        ? "sub:" + subject.Value
        : "ip:" + context.Connection.RemoteIpAddress;
}
