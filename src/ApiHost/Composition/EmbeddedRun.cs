using Crescent.ApiHost.Auth;
using Crescent.ApiHost.Grains;
using Crescent.ApiHost.Health;
using Crescent.EventStore.Sqlite;
using Crescent.Silo;
using Microsoft.IdentityModel.Tokens;

namespace Crescent.ApiHost.Composition;

/// <summary>The default way to run: one process with a silo of its own, everything kept in one folder.</summary>
internal sealed class EmbeddedRun : IRun
{
    readonly CrescentOptions _options;
    readonly DataFolder _folder;

    EmbeddedRun(CrescentOptions options, DataFolder folder) => (_options, _folder) = (options, folder);

    public string Data => $"{_folder.Path} (SQLite; mails in {Path.Combine(_folder.Path, "mail")})";

    public static EmbeddedRun Add(WebApplicationBuilder builder, CrescentOptions options)
    {
        var folder = DataFolder.Claim(options.DataFolder);
        try
        {
            var secrets = Secrets.OpenOrCreate(folder, Clients.Names);
            builder.Services.AddSingleton<SecurityKey>(new SymmetricSecurityKey(secrets.TokenSigningKey));
            builder.Services.AddSingleton(new Clients(secrets.ClientSecrets));
            builder.Services.AddSingleton<ISiloLink, OwnSilo>();
            builder.Services.AddSingleton<IReadiness, EmbeddedReadiness>();
            builder.UseOrleans(silo =>
            {
                if (FreePorts.OnLoopback(2) is [var siloPort, var gatewayPort])
                    silo.UseLocalhostClustering(siloPort, gatewayPort);
                silo.AddEmbedded(folder, secrets);
            });
            return new EmbeddedRun(options, folder);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    public void Open(IServiceProvider services) => EmbeddedSilo.Open(services);

    public void Abandon() => _folder.Dispose();

    public async Task WelcomeAsync(WebApplication app, TextWriter output)
    {
        if (_options.DemoData ?? true)
            await app.Services.GetRequiredService<DemoData>().CreateAsync(app.Lifetime.ApplicationStopping);
        app.Services.GetRequiredService<FirstScreen>().Write(output, app.Urls.First(), Data);
    }
}
