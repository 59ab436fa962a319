using Engine.CodeGeneration;

namespace Orleans.Runtime;

/// <summary>What a silo's own calls need to reach grains on other silos.</summary>
internal sealed class SiloCluster(IClusterViews views, SiloAddress self, RemoteCalls calls, SiloRoutes routes)
{
    public RemoteCalls Calls => calls;

    public bool IsSuspended => views.IsSuspended;

    /// <summary>Whether this silo is the one that may activate the grain; else the owner, or null if there is none.</summary>
    public bool IsMine(GrainId grain, out SiloAddress? owner)
    {
        owner = views.Current.OwnerOf(grain);
        return self.Equals(owner);
    }

    /// <summary>Sends a call to its grain's owner.</summary>
    public void Send(GrainCall call, SiloAddress? owner)
    {
        if (owner is null)
        {
            call.Reject(SiloRoutes.NoOwner());
        }
        else
        {
            routes.Send(call, owner);
        }
    }
}
