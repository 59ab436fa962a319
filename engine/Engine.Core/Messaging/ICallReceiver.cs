using Engine.CodeGeneration;

namespace Orleans.Runtime;

/// <summary>Runs calls: an activation.</summary>
internal interface ICallReceiver
{
    /// <summary>The invocation of a call that was still running when it was started has ended; runs on the receiver's scheduler.</summary>
    void OnInvocationEnded(GrainCall call);

    /// <summary>The object whose method the call is for: the grain or one of its extensions.</summary>
    object? TargetOf(GrainCall call);
}
