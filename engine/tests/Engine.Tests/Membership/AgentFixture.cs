using System.Net;
using Crescent.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Engine.Tests.Membership;

/// <summary>A silo's membership on a clock and a table that the test has in its hands, in a network where only it is there.</summary>
internal sealed class AgentFixture : IClusterNetwork, IFatalError, ILocalSiloDetails, ILifecycleObservable, IDisposable
{
    private readonly SortedDictionary<int, ILifecycleObserver> _stages = [];

    public AgentFixture(IMembershipTable? table = null, SiloAddress? address = null)
    {
        SiloAddress = address ?? SiloAddress.New(IPAddress.Loopback, 11_111, 5);
        Agent = new(this, table ?? Table, this, Time, Options.Create(Settings), this, NullLogger<MembershipAgent>.Instance);
        Agent.Participate(new Lifecycle(this));
    }

    public ManualTime Time { get; } = new();

    public ClusterMembershipOptions Settings { get; } = new() { ProbeTimeout = TimeSpan.FromSeconds(1) };

    public MembershipAgent Agent { get; }

    public FailingTable Table { get; } = new();

    public string? Failure { get; private set; }

    public List<(SiloAddress, long)> Gossiped { get; } = [];

    public SiloAddress SiloAddress { get; }

    public SiloAddress GatewayAddress => SiloAddress.New(SiloAddress.Endpoint.Address, 30_000, SiloAddress.Generation);

    public string Name => "self";

    public string ClusterId => "test";

    public string DnsHostName => "here";

    public async Task StartAsync()
    {
        foreach (var stage in _stages)
            await stage.Value.OnStart(TestContext.Current.CancellationToken);
    }

    public async Task StopAsync()
    {
        foreach (var stage in _stages.Reverse())
            await stage.Value.OnStop(TestContext.Current.CancellationToken);
    }

    public void Fail(string reason) => Failure = reason;

    public Task<bool> ProbeAsync(SiloAddress target, TimeSpan timeout) => Task.FromResult(false);

    public Task<bool> ProbeThroughAsync(SiloAddress other, SiloAddress target, TimeSpan timeout) => Task.FromResult(false);

    public void Gossip(SiloAddress target, long version) => Gossiped.Add((target, version));

    public void Announce(SiloAddress target, long installed)
    {
    }

    public void Listen(IClusterListener listener)
    {
    }

    public IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer)
    {
        _stages.Add(stage, observer);
        return this;
    }

    public void Dispose() => Agent.Dispose();

    private sealed class Lifecycle(AgentFixture fixture) : ISiloLifecycle
    {
        public int HighestCompletedStage => 0;

        public int LowestStoppedStage => 0;

        public IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer) => fixture.Subscribe(observerName, stage, observer);
    }
}

/// <summary>A table that is out of reach when the test wants.</summary>
internal sealed class FailingTable(MemoryMembershipTable? inner = null) : IMembershipTable
{
    public MemoryMembershipTable Inner { get; } = inner ?? new();

    public bool IsLost { get; set; }

    public Task InitializeMembershipTable(bool tryInitTableVersion) => Use(() => Inner.InitializeMembershipTable(tryInitTableVersion));

    public Task DeleteMembershipTableEntries(string clusterId) => Use(() => Inner.DeleteMembershipTableEntries(clusterId));

    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) => Use(() => Inner.CleanupDefunctSiloEntries(beforeDate));

    public Task<MembershipTableData> ReadRow(SiloAddress key) => Use(() => Inner.ReadRow(key));

    public Task<MembershipTableData> ReadAll() => Use(Inner.ReadAll);

    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) => Use(() => Inner.InsertRow(entry, tableVersion));

    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) => Use(() => Inner.UpdateRow(entry, etag, tableVersion));

    public Task UpdateIAmAlive(MembershipEntry entry) => Use(() => Inner.UpdateIAmAlive(entry));

    /// <summary>Somebody else changes a row.</summary>
    public async Task ChangeAsync(MembershipEntry row)
    {
        var table = await Inner.ReadAll();
        var isDone = table.TryGet(row.SiloAddress) is { } old ? await Inner.UpdateRow(row, old.Item2, table.Version.Next()) : await Inner.InsertRow(row, table.Version.Next());
        Assert.True(isDone);
    }

    private T Use<T>(Func<T> use) => IsLost ? throw new IOException("The table is gone.") : use();
}
