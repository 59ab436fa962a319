namespace Orleans.Runtime;

/// <summary>Brings what other silos say to membership and to hand-over.</summary>
internal sealed class ClusterListener(MembershipAgent membership, HandOver handOver, IClusterNetwork network) : IClusterListener, ILifecycleParticipant<ISiloLifecycle>
{
    public Progress? Current => membership.IsSuspended ? null : new(membership.Current.Version, handOver.Installed);

    public void Heard(SiloAddress from, Progress progress)
    {
        membership.Heard(progress.Version);
        if (progress.Installed > 0)
        {
            handOver.Heard(from, progress.Installed);
        }
    }

    public void Participate(ISiloLifecycle observer)
    {
        observer.Subscribe<ClusterListener>(ServiceLifecycleStage.RuntimeInitialize, _ =>
        {
            network.Listen(this);
            return Task.CompletedTask;
        });

        // Until the others know that this silo leaves, they send it calls for its grains, which it passes on.
        observer.Subscribe<ClusterListener>(ServiceLifecycleStage.GrainDeactivation, static _ => Task.CompletedTask, handOver.WhenSettledAsync);
    }
}
