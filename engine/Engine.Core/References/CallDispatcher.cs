using Engine.CodeGeneration;

namespace Orleans.Runtime;

/// <summary>Takes calls from proxies and brings them to their grains; one a host.</summary>
internal abstract class CallDispatcher
{
    /// <summary>Starts the call. The call completes through itself; this never throws for a reason that the caller should see.</summary>
    public abstract void Send(GrainReference target, GrainCall call);
}
