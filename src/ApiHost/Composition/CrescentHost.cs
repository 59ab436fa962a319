using Crescent.ApiHost.Auth;
using Crescent.ApiHost.Grains;
using Crescent.ApiHost.RateLimits;
using Crescent.EventStore.Sqlite;
using Crescent.Silo;
using Microsoft.Extensions.Options;

namespace Crescent.ApiHost.Composition;

/// <summary>Puts the host together. The embedded run, tests and the crash host all start the same one.</summary>
public static class CrescentHost
{
    /// <summary>Runs the host until it is told to stop.</summary>
    /// <returns>The process' exit code: 1 when it could not start for a reason that standard error names in a sentence.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var urls = "";
        try
        {
            await using var app = Build(args);
            urls = app.Configuration[WebHostDefaults.ServerUrlsKey] ?? urls;
            await StartAsync(app, Console.Out);
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (Exception e) when (StartupFailure.Describe(e, urls) is { } sentence)
        {
            await Console.Error.WriteLineAsync(sentence);
            return 1;
        }
    }

    /// <summary>Starts a built host, creates the demo data and prints the first screen.</summary>
    public static async Task StartAsync(WebApplication app, TextWriter output)
    {
        await app.StartAsync();
        app.Services.GetRequiredService<StartupPhase>().HasEnded = true;
        var demo = app.Services.GetRequiredService<IOptions<CrescentOptions>>().Value.DemoData;
        if (demo)
            await app.Services.GetRequiredService<DemoData>().CreateAsync(app.Lifetime.ApplicationStopping);
        app.Services.GetRequiredService<FirstScreen>().Write(output, app.Urls.First(), app.Services.GetRequiredService<DataFolder>().Path);
    }

    /// <summary>Builds the host.</summary>
    /// <param name="args">Settings as command-line arguments, such as <c>--Crescent:DataFolder=/var/lib/crescent</c>.</param>
    /// <param name="configure">Changes the composition before it is built, for tests.</param>
    /// <exception cref="StartupException">A setting is wrong, or the data folder cannot be used.</exception>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        // Settings files stand beside the program; the data folder is relative to where it was started.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        var settings = new Settings(builder.Configuration, builder.Services);
        var crescent = settings.BindRoot<CrescentOptions>();
        var auth = settings.Bind<AuthOptions>(AuthOptions.Section);
        settings.Bind<GrainCallOptions>(GrainCallOptions.Section);
        settings.Bind<RateLimitOptions>(RateLimitOptions.Section);
        settings.Bind<TelemetryOptions>(TelemetryOptions.Section);
        settings.RefuseUnknown(EmbeddedSilo.SettingsSections);

        if (Authentication.FindFault(auth, builder.Environment) is { } fault)
            throw new StartupException(fault);

        builder.ConfigureLogging();
        builder.AddHttpApi();
        var folder = EmbeddedRun.Add(builder, crescent);
        configure?.Invoke(builder);
        try
        {
            var app = builder.Build();
            EmbeddedSilo.Open(app.Services);
            app.MapHttpApi();
            return app;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }
}
