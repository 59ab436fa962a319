using Crescent.EventStore;
using Crescent.EventStore.Postgres;
using Crescent.ReadModels;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;

namespace Crescent.Silo.Clustered;

/// <summary>What a host outside the silos needs to work with them.</summary>
public static class ClusterClient
{
    /// <summary>A host that only asks starts without the database, and waits for it while it answers that it is not ready.</summary>
    static readonly TimeSpan AsLongAsItTakes = TimeSpan.FromDays(365);

    /// <summary>Finds the silos of the cluster in its database.</summary>
    public static IClientBuilder AddClustered(this IClientBuilder client, MemberOptions member, PostgresOptions postgres)
    {
        ArgumentNullException.ThrowIfNull(member);
        ArgumentNullException.ThrowIfNull(postgres);
        client.Configure<Orleans.Configuration.ClusterOptions>(cluster =>
        {
            cluster.ClusterId = member.ClusterId;
            cluster.ServiceId = member.ServiceId;
        });
        client.Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = member.TableRefresh);
        var database = postgres.OrleansConnectionString;
        client.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (PostgresOptions.OrleansInvariant, database));
        client.AddTls(member.Tls);
        client.AddActivityPropagation();
        return client;
    }

    /// <summary>The queries on the read models, which the silos keep up to date, and on the events that these point to.</summary>
    public static IServiceCollection AddClusteredQueries(this IServiceCollection services, PostgresOptions postgres, Secrets secrets)
    {
        ArgumentNullException.ThrowIfNull(postgres);
        ArgumentNullException.ThrowIfNull(secrets);
        services.AddPostgresEventReader(CrescentEvents.Map, _ => new PostgresEventStoreOptions
        {
            Database = postgres.Database,
            MasterKey = secrets.PersonalMasterKey,
            StartTimeout = postgres.StartTimeout,
        });
        return services.AddPostgresReadModelQueries(_ => postgres.Views with { StartTimeout = AsLongAsItTakes }, _ => secrets.EmailClaimKey);
    }
}
