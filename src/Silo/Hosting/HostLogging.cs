using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Crescent.Silo.Hosting;

/// <summary>How far the start of the host has come. Until it has succeeded, failures are told by a sentence instead of a log.</summary>
public sealed class StartupPhase
{
    volatile LogLevel _leastOfOrleans = LogLevel.Error;

    /// <summary>Whether the host has started.</summary>
    public bool HasEnded => _leastOfOrleans == LogLevel.Warning;

    // A silo that starts warns of how long its own stages take; one that is taken down because the host could not start
    // reports every call that it breaks off.
    internal bool LetsPass(LogLevel ofOrleans) => ofOrleans >= _leastOfOrleans;

    /// <summary>Starts a host whose logging is <see cref="HostLogging.ConfigureLogging"/>'s.</summary>
    public static async Task StartAsync(WebApplication app)
    {
        var phase = app.Services.GetRequiredService<StartupPhase>();
        try
        {
            await app.StartAsync();
            phase._leastOfOrleans = LogLevel.Warning;
        }
        catch
        {
            phase._leastOfOrleans = LogLevel.None;
            throw;
        }
    }
}

/// <summary>Quiet by default, so that the first screen is readable; <c>Logging:LogLevel</c> says otherwise.</summary>
public static class HostLogging
{
    public static void ConfigureLogging(this WebApplicationBuilder builder)
    {
        var phase = new StartupPhase();
        builder.Services.AddSingleton(phase);
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss.fff ";
            console.UseUtcTimestamp = true;
        });
        if (!builder.Configuration.GetSection("Logging:LogLevel").Exists())
        {
            builder.Logging.SetMinimumLevel(LogLevel.Warning);
            builder.Logging.AddFilter("Crescent.ApiHost", LogLevel.Information);
            builder.Logging.AddFilter("Crescent.Silo", LogLevel.Information);
            builder.Logging.AddFilter("Orleans", phase.LetsPass);
        }

        // The host logs what made it fail to start with its whole stack; that is for bugs, and those are thrown on.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => phase.HasEnded && level >= LogLevel.Warning);
    }
}
