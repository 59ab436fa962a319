using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Crescent.Silo.Hosting;

/// <summary>Whether the host is still starting. Until it has started, failures are told by a sentence instead of a log.</summary>
public sealed class StartupPhase
{
    volatile bool _hasEnded;

    public bool HasEnded
    {
        get => _hasEnded;
        set => _hasEnded = value;
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
            // A silo that starts, or stops because the host could not start, warns of how long its own stages take.
            builder.Logging.AddFilter("Orleans", level => level >= (phase.HasEnded ? LogLevel.Warning : LogLevel.Error));
        }

        // The host logs what made it fail to start with its whole stack; that is for bugs, and those are thrown on.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => phase.HasEnded && level >= LogLevel.Warning);
    }
}
