using Crescent.ApiHost.Auth;
using Crescent.ApiHost.Health;
using Crescent.EventStore.Sqlite;
using Crescent.Silo;
using Microsoft.IdentityModel.Tokens;

namespace Crescent.ApiHost.Composition;

/// <summary>
/// The default way to run: one process with a silo of its own, everything kept in one folder. The only place where the
/// API host knows of <c>src/Silo</c>.
/// </summary>
internal static class EmbeddedRun
{
    public static DataFolder Add(WebApplicationBuilder builder, CrescentOptions options)
    {
        var folder = DataFolder.Claim(options.DataFolder);
        try
        {
            var secrets = Secrets.OpenOrCreate(folder, Clients.Names);
            builder.Services.AddSingleton<SecurityKey>(new SymmetricSecurityKey(secrets.TokenSigningKey));
            builder.Services.AddSingleton(new Clients(secrets.ClientSecrets));
            builder.Services.AddSingleton<IReadiness, EmbeddedReadiness>();
            builder.Services.AddSingleton<DemoData>();
            builder.Services.AddSingleton<FirstScreen>();
            builder.UseOrleans(silo =>
            {
                if (FreePorts.OnLoopback(2) is [var siloPort, var gatewayPort])
                    silo.UseLocalhostClustering(siloPort, gatewayPort);
                silo.AddEmbedded(folder, secrets);
            });
            return folder;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }
}
