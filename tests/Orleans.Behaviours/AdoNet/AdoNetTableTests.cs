using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Behaviours.Contracts;
using Orleans.Configuration;
using Orleans.Storage;

namespace Orleans.Behaviours.AdoNet;

/// <summary>One silo, for the tests of what it keeps in the database.</summary>
public sealed class AdoNetSilo : IAsyncLifetime
{
    private IHost? _silo;

    public AdoNetHosts Hosts { get; } = new();

    public IServiceProvider Services => _silo!.Services;

    public async ValueTask InitializeAsync()
    {
        _silo = Hosts.BuildSilo("silo");
        await _silo.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await AdoNetHosts.StopAsync(_silo!);
        Hosts.Dispose();
    }
}

[CollectionDefinition(nameof(AdoNetSilo))]
public sealed class AdoNetSiloCollection : ICollectionFixture<AdoNetSilo>;

[Collection(nameof(AdoNetSilo))]
public sealed class AdoNetGrainStorageTests(AdoNetSilo silo) : GrainStorageContract
{
    protected override IGrainStorage Storage => silo.Services.GetRequiredKeyedService<IGrainStorage>(AdoNetHosts.Storage);
}

[Collection(nameof(AdoNetSilo))]
public sealed class AdoNetDeletingGrainStorageTests(AdoNetSilo silo) : GrainStorageContract
{
    protected override IGrainStorage Storage => silo.Services.GetRequiredKeyedService<IGrainStorage>(AdoNetHosts.DeletingStorage);

    [Fact]
    public async Task Clear_LeavesNoRow()
    {
        var grain = GrainId.Create("deleted", Guid.CreateVersion7().ToString("N"));
        var state = new GrainState<Saved>(new Saved());
        await Storage.WriteStateAsync("deleted", grain, state);

        await Storage.ClearStateAsync("deleted", grain, state);

        Assert.Equal(0, silo.Hosts.Database.Query<long>("SELECT count(*) FROM OrleansStorage WHERE GrainTypeString LIKE '%deleted%'"));
    }
}

[Collection(nameof(AdoNetSilo))]
public sealed class AdoNetReminderTableTests(AdoNetSilo silo) : ReminderTableContract
{
    protected override IReminderTable Table => silo.Services.GetRequiredService<IReminderTable>();
}

[Collection(nameof(AdoNetSilo))]
public sealed class AdoNetMembershipTableTests(AdoNetSilo silo) : MembershipTableContract
{
    protected override (IMembershipTable Table, IDisposable Owner) NewTable(string clusterId)
    {
        var host = silo.Hosts.BuildSilo("another", builder => builder.Configure<ClusterOptions>(options => options.ClusterId = clusterId));
        return (host.Services.GetRequiredService<IMembershipTable>(), host);
    }
}

/// <summary>The storages and tables in memory keep the same contracts.</summary>
public sealed class MemoryGrainStorageTests(Support.Cluster cluster) : GrainStorageContract
{
    protected override IGrainStorage Storage => cluster.SiloServices.GetRequiredKeyedService<IGrainStorage>(Providers.ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME);
}

/// <inheritdoc cref="MemoryGrainStorageTests"/>
public sealed class MemoryReminderTableTests(Support.Cluster cluster) : ReminderTableContract
{
    protected override IReminderTable Table => cluster.SiloServices.GetRequiredService<IReminderTable>();
}
