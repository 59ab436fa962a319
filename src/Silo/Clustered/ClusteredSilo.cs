using System.Net;
using Crescent.EventStore;
using Crescent.EventStore.Postgres;
using Crescent.Providers;
using Crescent.Providers.Http;
using Crescent.ReadModels;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;

namespace Crescent.Silo.Clustered;

/// <summary>A silo among others: PostgreSQL for everything that is kept, providers that are processes of their own.</summary>
internal static class ClusteredSilo
{
    /// <summary>A silo counts as dead after this many votes; of two silos, the one that is left votes alone.</summary>
    const int VotesForDeath = 2;

    /// <summary>After so many missed signs of life a silo that starts need not reach a member to join.</summary>
    const int MissedSignsOfLife = 3;

    /// <summary>Adds everything the silo runs.</summary>
    public static ISiloBuilder AddClustered(
        this ISiloBuilder silo, MemberOptions member, IPAddress address, PostgresOptions postgres, Secrets secrets)
    {
        RefuseProvidersOfOneProcess(silo.Configuration);
        silo.AddMembership(member, address, postgres);
        silo.AddStore(postgres, secrets);
        silo.Services.AddProviders(silo.Configuration);
        return silo.AddGrainsAndConsumers(secrets);
    }

    static void AddMembership(this ISiloBuilder silo, MemberOptions member, IPAddress address, PostgresOptions postgres)
    {
        silo.Configure<Orleans.Configuration.ClusterOptions>(cluster =>
        {
            cluster.ClusterId = member.ClusterId;
            cluster.ServiceId = member.ServiceId;
        });
        if (member.SiloName.Length > 0) silo.Configure<SiloOptions>(options => options.SiloName = member.SiloName);
        silo.ConfigureEndpoints(address, member.SiloPort, member.GatewayPort, listenOnAnyHostAddress: false);
        // Said outright: whoever names an address beyond this machine means it, TLS or not.
        silo.Configure<EndpointOptions>(endpoints =>
        {
            endpoints.SiloListeningEndpoint = new IPEndPoint(address, member.SiloPort);
            endpoints.GatewayListeningEndpoint = new IPEndPoint(address, member.GatewayPort);
        });
        silo.AddTls(member.Tls);
        silo.Configure<ClusterMembershipOptions>(membership =>
        {
            // Neither shorter nor longer by itself: how soon a silo is found dead is promised.
            membership.ProbeTimeout = membership.MinProbeTimeout = membership.MaxProbeTimeout = member.ProbeTimeout;
            membership.NumMissedProbesLimit = member.MissedProbes;
            membership.NumVotesForDeathDeclaration = VotesForDeath;
            membership.TableRefreshTimeout = member.TableRefresh;
            membership.IAmAliveTablePublishTimeout = member.SignOfLife;
            membership.NumMissedTableIAmAliveLimit = MissedSignsOfLife;
        });
        var database = postgres.OrleansConnectionString;
        silo.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (PostgresOptions.OrleansInvariant, database));
        silo.UseAdoNetReminderService(options => (options.Invariant, options.ConnectionString) = (PostgresOptions.OrleansInvariant, database));
        silo.AddAdoNetGrainStorageAsDefault(options => (options.Invariant, options.ConnectionString) = (PostgresOptions.OrleansInvariant, database));
    }

    static void AddStore(this ISiloBuilder silo, PostgresOptions postgres, Secrets secrets)
    {
        silo.Services.AddSingleton(secrets);
        silo.Services.AddPostgresEventStore(CrescentEvents.Map, _ => new PostgresEventStoreOptions
        {
            Database = postgres.Database,
            MasterKey = secrets.PersonalMasterKey,
            StartTimeout = postgres.StartTimeout,
        });
        // Right after the store and before the silo, which is registered already.
        silo.Services.Insert(1, ServiceDescriptor.Singleton<IHostedService, OrleansTables>());
        silo.Services.AddPostgresReadModels(_ => postgres.Views, _ => secrets.EmailClaimKey);
    }

    /// <summary>A sandbox inside each silo would have books of its own: money taken through one silo would be unknown to the next.</summary>
    static void RefuseProvidersOfOneProcess(IConfiguration configuration)
    {
        foreach (var provider in (string[])[HttpProviderOptions.Payment, HttpProviderOptions.Carrier])
        {
            var section = $"Crescent:Providers:{provider}";
            if (!configuration.GetSection(section).Exists())
            {
                throw new StartupException(
                    $"A silo of a cluster needs {section}:Name and {section}:BaseAddress: the sandbox inside the process serves a single one; src/ProviderSandbox serves many.");
            }
        }
    }
}
