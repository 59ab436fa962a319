using Crescent.ApiHost.Auth;
using Crescent.ApiHost.Grains;
using Crescent.ApiHost.RateLimits;
using Crescent.Silo;
using Crescent.Silo.Clustered;
using Crescent.Silo.Hosting;

namespace Crescent.ApiHost.Composition;

/// <summary>Puts the host together. The embedded run, a cluster's API hosts, tests and the crash host all start the same one.</summary>
public static class CrescentHost
{
    /// <summary>Runs the host until it is told to stop.</summary>
    /// <returns>The process' exit code: 1 when it could not start for a reason that standard error names in a sentence.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var urls = "";
        try
        {
            if (Errands.Run(args, Console.Out)) return 0;
            await using var app = Build(args);
            urls = app.Configuration[WebHostDefaults.ServerUrlsKey] ?? urls;
            try
            {
                await StartAsync(app, Console.Out);
            }
            catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
            {
                // Told to stop before there was a silo to start with.
                return 0;
            }
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (Exception e) when (StartupFailure.Describe(e, urls) is { } sentence)
        {
            await Console.Error.WriteLineAsync(sentence);
            return 1;
        }
    }

    /// <summary>Starts a built host, and lets it create its demo data and print what it has to say.</summary>
    public static async Task StartAsync(WebApplication app, TextWriter output)
    {
        await StartupPhase.StartAsync(app);
        await app.Services.GetRequiredService<IRun>().WelcomeAsync(app, output);
    }

    /// <summary>Builds the host: as part of a cluster if the settings name its database, else as a process that is all of Crescent.</summary>
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
        var postgres = settings.Bind<PostgresOptions>(PostgresOptions.Section);
        var member = settings.Bind<MemberOptions>(MemberOptions.Section);
        settings.Bind<GrainCallOptions>(GrainCallOptions.Section);
        settings.Bind<RateLimitOptions>(RateLimitOptions.Section);
        settings.Bind<TelemetryOptions>(TelemetryOptions.Section);
        settings.RefuseUnknown(EmbeddedSilo.SettingsSections);

        if (Authentication.FindFault(auth, builder.Environment) is { } fault)
            throw new StartupException(fault);

        builder.ConfigureLogging();
        builder.AddHttpApi();
        builder.Services.AddSingleton<DemoData>();
        builder.Services.AddSingleton<FirstScreen>();
        IRun run = postgres.ConnectionString.Length > 0
            ? ClusterRun.Add(builder, crescent, postgres, member)
            : EmbeddedRun.Add(builder, crescent);
        builder.Services.AddSingleton(run);
        try
        {
            configure?.Invoke(builder);
            var app = builder.Build();
            run.Open(app.Services);
            app.MapHttpApi();
            return app;
        }
        catch
        {
            run.Abandon();
            throw;
        }
    }
}
