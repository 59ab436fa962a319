using Engine.CodeGeneration;

namespace Orleans.Runtime;

/// <summary>Runs calls: an activation.</summary>
internal interface ICallReceiver
{
    /// <summary>The invocation of a call that was still running when it was started has ended; runs on the receiver's scheduler.</summary>
    void OnInvocationEnded(GrainCall call);
}
