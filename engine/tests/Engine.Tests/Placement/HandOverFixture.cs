using System.Net;
using Crescent.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Engine.Tests.Placement;

/// <summary>A silo's hand-over, with everything around it in the test's hands.</summary>
internal sealed class HandOverFixture : IClusterViews, IClusterNetwork, ILocalActivations, ILocalSiloDetails, IDisposable
{
    private int _version;

    public HandOverFixture() => HandOver = new(this, this, this, this, Time, Options.Create(new HandOverOptions()), NullLogger<HandOver>.Instance);

    public event Action<ClusterView>? Changed;

    public static SiloAddress Self { get; } = Silo(1);

    public ManualTime Time { get; } = new();

    public HandOver HandOver { get; }

    public ClusterView Current { get; private set; } = ClusterView.Empty;

    public bool IsSuspended => false;

    public HashSet<SiloAddress> Crashed { get; } = [];

    public string Name => "self";

    public string ClusterId => "test";

    public string DnsHostName => "here";

    public SiloAddress SiloAddress => Self;

    public SiloAddress GatewayAddress => Self;

    /// <summary>What this silo told others.</summary>
    public List<(SiloAddress Target, long Installed)> Announced { get; } = [];

    /// <summary>Ends the deactivations that a view has caused.</summary>
    public Dictionary<long, TaskCompletionSource> LettingGo { get; } = [];

    public bool HoldsActivations { get; set; }

    public static SiloAddress Silo(int port) => SiloAddress.New(IPAddress.Loopback, port, port);

    /// <summary>Shows the next version, with these active silos and those that leave.</summary>
    public long Show(int[] active, params int[] leaving)
    {
        Current = new(++_version, [.. active.Select(port => Member(port, SiloStatus.Active)), .. leaving.Select(port => Member(port, SiloStatus.ShuttingDown))]);
        Changed?.Invoke(Current);
        return _version;
    }

    /// <summary>A grain that belongs to one silo among some, and to another among others.</summary>
    public static GrainId Grain(int among, int[] silos, params (int Owner, int[] Silos)[] others) =>
        Enumerable.Range(0, 100_000).Select(i => GrainId.Create("grain", $"{i}"))
            .First(id => OwnerOf(id, silos) == among && others.All(other => OwnerOf(id, other.Silos) == other.Owner));

    public Task LetGoAsync(ClusterView view)
    {
        if (!HoldsActivations)
            return Task.CompletedTask;
        LettingGo[view.Version] = new();
        return LettingGo[view.Version].Task;
    }

    /// <summary>Which grains were to be activated anew.</summary>
    public List<Func<GrainId, bool>> Renewed { get; } = [];

    public void Renew(Func<GrainId, bool> which) => Renewed.Add(which);

    public void Announce(SiloAddress target, long installed) => Announced.Add((target, installed));

    public void Gossip(SiloAddress target, long version)
    {
    }

    public void Listen(IClusterListener listener)
    {
    }

    public Task<bool> ProbeAsync(SiloAddress target, TimeSpan timeout) => Task.FromResult(true);

    public Task<bool> ProbeThroughAsync(SiloAddress other, SiloAddress target, TimeSpan timeout) => Task.FromResult(true);

    public bool HasStoppedWriting(SiloAddress silo) => Crashed.Contains(silo);

    public ValueTask RefreshAsync(long atLeast, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public void Dispose() => HandOver.Dispose();

    private static int OwnerOf(GrainId id, int[] silos) => new ClusterView(1, silos.Select(port => Member(port, SiloStatus.Active))).OwnerOf(id)!.Endpoint.Port;

    private static SiloMember Member(int port, SiloStatus status) => new(Silo(port), $"{port}", "here", status, 0, default);
}
