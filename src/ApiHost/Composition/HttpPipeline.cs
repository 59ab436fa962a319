using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Crescent.ApiHost.Admin;
using Crescent.ApiHost.Auth;
using Crescent.ApiHost.Grains;
using Crescent.ApiHost.Health;
using Crescent.ApiHost.Http;
using Crescent.ApiHost.OpenApi;
using Crescent.ApiHost.Orders;
using Crescent.ApiHost.Products;
using Crescent.ApiHost.RateLimits;
using Crescent.ApiHost.Users;
using Crescent.Silo.Hosting;

namespace Crescent.ApiHost.Composition;

/// <summary>The HTTP side of the host: its services, its middleware in order, its routes.</summary>
internal static class HttpPipeline
{
    const int MaxBodyBytes = 128 * 1024;
    const int MaxJsonDepth = 16;
    const string DefaultUrl = "http://localhost:5080";

    public static void AddHttpApi(this WebApplicationBuilder builder)
    {
        if (!NamesAnAddress(builder.Configuration))
            builder.Configuration[WebHostDefaults.ServerUrlsKey] = DefaultUrl;
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
        });

        var services = builder.Services;
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<GrainCalls>();
        services.AddSingleton<IOutage, StoreOutage>();
        services.AddSingleton<HttpMetrics>();
        services.AddSingleton<Listing>();
        services.AddSingleton<DevelopmentLogin>();
        services.AddHostedService<Telemetry>();
        services.AddCrescentAuthentication();
        services.AddRateLimits();
        services.AddApiDocument();
        services.Configure<RouteHandlerOptions>(routing => routing.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.MaxDepth = MaxJsonDepth;
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            // Answers are never put into HTML as they are: names stay readable in every script.
            json.SerializerOptions.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower));
        });
    }

    public static void MapHttpApi(this WebApplication app)
    {
        var metrics = app.Services.GetRequiredService<HttpMetrics>();
        app.Use(metrics.MeasureAsync);
        app.UseSecurityHeaders();
        app.UseProblemPages();
        app.UseRouting();
        app.UseAuthentication();
        app.UseRateLimits();
        app.UseAuthorization();

        app.MapHealth();
        app.MapApiDocument();
        var v1 = app.MapGroup("/api/v1").AddEndpointFilter<JsonBodyFilter>();
        v1.MapTokens();
        v1.MapUsers();
        v1.MapProducts();
        v1.MapOrders();
        v1.MapOrderLists();
        v1.MapAdmin();
    }

    static bool NamesAnAddress(ConfigurationManager configuration) =>
        configuration[WebHostDefaults.ServerUrlsKey] is not null
        || configuration[WebHostDefaults.HttpPortsKey] is not null
        || configuration[WebHostDefaults.HttpsPortsKey] is not null
        || configuration.GetSection("Kestrel:Endpoints").Exists();
}
