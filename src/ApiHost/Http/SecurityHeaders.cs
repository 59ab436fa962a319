namespace Crescent.ApiHost.Http;

/// <summary>Headers that keep browsers from doing with an answer what it is not meant for.</summary>
internal static class SecurityHeaders
{
    public static void UseSecurityHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        // Set at the last moment: the exception handler begins its answer by clearing all headers.
        context.Response.OnStarting(static state => Set((HttpContext)state), context);
        return next(context);
    });

    static Task Set(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        // Answers hold personal data and change with every event: no cache on the way may keep them.
        if (context.Request.Path.StartsWithSegments("/api"))
            headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }
}
