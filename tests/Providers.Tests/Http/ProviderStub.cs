using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Crescent.Providers.Tests.Http;

/// <summary>A provider's server in this process: it answers what the test tells it to and keeps what it was asked.</summary>
internal sealed class ProviderStub : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Lock _gate = new();
    private readonly List<StubRequest> _requests = [];

    private ProviderStub(WebApplication app) => _app = app;

    public Func<HttpContext, Task> Answer { get; set; } = static context => JsonAsync(context, 500, "{}");

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/v1/";

    public IReadOnlyList<StubRequest> Requests
    {
        get
        {
            lock (_gate)
                return [.. _requests];
        }
    }

    public static async Task<ProviderStub> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var stub = new ProviderStub(app);
        app.Run(stub.HandleAsync);
        await app.StartAsync();
        return stub;
    }

    public static async Task JsonAsync(HttpContext context, int status, string json)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(json);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        using var body = new StreamReader(context.Request.Body);
        var request = new StubRequest(
            context.Request.Method, context.Request.Path, context.Request.Headers["Idempotency-Key"].ToString(),
            context.Request.Headers.Authorization.ToString(), await body.ReadToEndAsync());
        lock (_gate)
            _requests.Add(request);
        await Answer(context);
    }
}

internal sealed record StubRequest(string Method, string Path, string IdempotencyKey, string Authorization, string Body);
