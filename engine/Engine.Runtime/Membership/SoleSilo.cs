namespace Orleans.Runtime;

/// <summary>A cluster of one silo.</summary>
internal sealed class SoleSilo(ILocalSiloDetails silo, TimeProvider time) : IClusterViews, IHandOver
{
    public ClusterView Current { get; } = new(
        1, [new SiloMember(silo.SiloAddress, silo.Name, silo.DnsHostName, SiloStatus.Active, silo.GatewayAddress.Endpoint.Port, time.GetUtcNow().UtcDateTime)]);

    public bool IsSuspended => false;

    public event Action<ClusterView>? Changed
    {
        add { }
        remove { }
    }

    public ValueTask RefreshAsync(long atLeast, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public Task? Gate(GrainId grain) => null;
}
