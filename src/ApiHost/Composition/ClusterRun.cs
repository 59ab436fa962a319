using Crescent.ApiHost.Auth;
using Crescent.ApiHost.Grains;
using Crescent.ApiHost.Health;
using Crescent.Silo;
using Crescent.Silo.Clustered;
using Microsoft.IdentityModel.Tokens;

namespace Crescent.ApiHost.Composition;

/// <summary>One of several API hosts before the silos of a cluster, all on one PostgreSQL database.</summary>
internal sealed class ClusterRun(CrescentOptions options, PostgresOptions postgres) : IRun
{
    static readonly TimeSpan DemoRetry = TimeSpan.FromSeconds(1);

    public string Data => postgres.Display;

    public static ClusterRun Add(WebApplicationBuilder builder, CrescentOptions options, PostgresOptions postgres, MemberOptions member)
    {
        var secrets = Secrets.Open(member.SecretsFile);
        builder.Services.AddSingleton<SecurityKey>(new SymmetricSecurityKey(secrets.TokenSigningKey));
        builder.Services.AddSingleton(new Clients(secrets.ClientSecrets));
        builder.Services.AddSingleton<ClusterConnection>();
        builder.Services.AddSingleton<ISiloLink>(static services => services.GetRequiredService<ClusterConnection>());
        builder.Services.AddSingleton<IReadiness, ClusterReadiness>();
        builder.Services.AddClusteredQueries(postgres, secrets);
        // The client starts only once there is a silo; until then requests are to be answered, and be it by 503.
        builder.Services.Configure<HostOptions>(host => host.ServicesStartConcurrently = true);
        builder.UseOrleansClient(client =>
        {
            client.AddClustered(member, postgres);
            client.AddClusterConnectionLostHandler(static services => services.GetRequiredService<ClusterConnection>().OnLost);
            client.AddGatewayCountChangedHandler(static services => services.GetRequiredService<ClusterConnection>().OnGatewaysChanged);
            client.UseConnectionRetryFilter<ConnectionRetry>();
        });
        return new ClusterRun(options, postgres);
    }

    public void Open(IServiceProvider services)
    {
        // All is in the database, which may come later than this host.
    }

    public void Abandon()
    {
        // Nothing is claimed.
    }

    public async Task WelcomeAsync(WebApplication app, TextWriter output)
    {
        await output.WriteLineAsync($"Crescent listens on {app.Urls.First()}, before the silos on {Data}.");
        await output.FlushAsync();
        if (options.DemoData ?? false)
            await CreateDemoDataAsync(app);
    }

    /// <summary>Silos may go again while the host starts.</summary>
    static async Task CreateDemoDataAsync(WebApplication app)
    {
        var stopping = app.Lifetime.ApplicationStopping;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await app.Services.GetRequiredService<DemoData>().CreateAsync(stopping);
                return;
            }
            catch (GrainUnavailableException)
            {
                await Task.Delay(DemoRetry, app.Services.GetRequiredService<TimeProvider>(), stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
