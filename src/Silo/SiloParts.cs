using Crescent.Grains;
using Crescent.Silo.Consumers;
using Microsoft.Extensions.DependencyInjection;

namespace Crescent.Silo;

/// <summary>What every silo runs, wherever it keeps its data.</summary>
internal static class SiloParts
{
    /// <summary>Adds the grains, the relay and the consumers of the log, on the store, read models and providers that were added before.</summary>
    public static ISiloBuilder AddGrainsAndConsumers(this ISiloBuilder silo, Secrets secrets)
    {
        silo.Services.AddCrescentGrains().AddIntegrationRelay().AddLogConsumers();
        silo.Services.Configure<DigestOptions>(options =>
        {
            options.EmailClaimKey = secrets.EmailClaimKey;
            options.RequestKey = secrets.RequestKey;
        });
        silo.AddCrescentGrainProviders();
        silo.AddActivityPropagation();
        return silo;
    }
}
