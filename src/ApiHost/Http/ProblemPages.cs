using Crescent.ApiHost.Grains;
using Microsoft.AspNetCore.Diagnostics;

namespace Crescent.ApiHost.Http;

/// <summary>Gives a body to every refusal that the framework itself answers: unknown routes, methods, tokens, media types, failures.</summary>
internal static class ProblemPages
{
    static readonly TimeSpan RetryAfterUnavailable = TimeSpan.FromSeconds(1);

    public static void UseProblemPages(this WebApplication app)
    {
        var outage = app.Services.GetRequiredService<IOutage>();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = context => OnException(context, outage),
            // Expected kinds of exception are answered with their own status and are not failures of the server.
            SuppressDiagnosticsCallback = context => context.Exception is BadHttpRequestException || IsUnavailable(context.Exception, outage),
        });
        app.UseStatusCodePages(context =>
            new Problem(ProblemType.OfStatus(context.HttpContext.Response.StatusCode)).ExecuteAsync(context.HttpContext));
    }

    static Task OnException(HttpContext context, IOutage outage)
    {
        var exception = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        var problem = exception switch
        {
            BadHttpRequestException bad => new Problem(ProblemType.OfStatus(bad.StatusCode), bad.StatusCode == 400 ? bad.Message : null),
            not null when IsUnavailable(exception, outage) => new Problem(ProblemType.Unavailable) { RetryAfter = RetryAfterUnavailable },
            _ => new Problem(ProblemType.Internal),
        };
        return problem.ExecuteAsync(context);
    }

    static bool IsUnavailable(Exception exception, IOutage outage) => exception is GrainUnavailableException || outage.Is(exception);
}
