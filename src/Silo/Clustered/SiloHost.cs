using System.Net;
using System.Net.Sockets;
using Crescent.Silo.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Crescent.Silo.Clustered;

/// <summary>Puts the process of one clustered silo together: the silo, and its health over HTTP.</summary>
public static class SiloHost
{
    const string DefaultUrl = "http://127.0.0.1:5090";

    /// <summary>Runs the silo until it is told to stop.</summary>
    /// <returns>The process' exit code: 1 when it could not start for a reason that standard error names in a sentence.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var urls = "";
        try
        {
            await using var app = Build(args);
            urls = app.Configuration[WebHostDefaults.ServerUrlsKey] ?? urls;
            await StartupPhase.StartAsync(app);
            var member = app.Services.GetRequiredService<ILocalSiloDetails>();
            await Console.Out.WriteLineAsync($"Silo {member.Name} of cluster {member.ClusterId} listens on {member.SiloAddress}, for API hosts on {member.GatewayAddress}; its health is at {app.Urls.First()}/health/ready.");
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (Exception e) when (StartupFailure.Describe(e, urls) is { } sentence)
        {
            await Console.Error.WriteLineAsync(sentence);
            return 1;
        }
    }

    /// <summary>Builds the process.</summary>
    /// <exception cref="StartupException">A setting is wrong.</exception>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        var settings = new Settings(builder.Configuration, builder.Services);
        var postgres = settings.Bind<PostgresOptions>(PostgresOptions.Section);
        var member = settings.Bind<MemberOptions>(MemberOptions.Section);
        settings.Bind<TelemetryOptions>(TelemetryOptions.Section);
        settings.RefuseUnknown([.. EmbeddedSilo.SettingsSections, .. Settings.OfApiHosts]);
        if (postgres.ConnectionString.Length == 0)
            throw new StartupException($"A silo needs {PostgresOptions.Section}:{nameof(PostgresOptions.ConnectionString)}, such as 'Host=db;Username=crescent;Database=crescent'.");

        if (builder.Configuration[WebHostDefaults.ServerUrlsKey] is null) builder.Configuration[WebHostDefaults.ServerUrlsKey] = DefaultUrl;
        builder.ConfigureLogging();
        builder.Services.AddHostedService<Telemetry>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = member.DrainTimeout);
        var secrets = Secrets.Open(member.SecretsFile);
        var address = Resolve(member.Address);
        builder.UseOrleans(silo => silo.AddClustered(member, address, postgres, secrets));
        builder.Services.AddSingleton<SiloReadiness>();
        var app = builder.Build();
        app.MapSiloHealth();
        return app;
    }

    static IPAddress Resolve(string address)
    {
        if (IPAddress.TryParse(address, out var ip)) return ip;
        try
        {
            return Dns.GetHostAddresses(address, AddressFamily.InterNetwork) is [var first, ..]
                ? first
                : throw new StartupException($"{MemberOptions.Section}:{nameof(MemberOptions.Address)} is '{address}', which has no IPv4 address.");
        }
        catch (SocketException e)
        {
            throw new StartupException($"{MemberOptions.Section}:{nameof(MemberOptions.Address)} is '{address}', which cannot be resolved: {e.Message.TrimEnd('.')}.", e);
        }
    }
}
