using Orleans.Runtime;

namespace Engine.CodeGeneration;

/// <summary>What a proxy is made from; opaque to generated code.</summary>
public readonly struct GrainProxyContext
{
    internal GrainProxyContext(GrainReferenceShared shared, GrainId grainId)
    {
        Shared = shared;
        GrainId = grainId;
    }

    internal GrainReferenceShared Shared { get; }

    internal GrainId GrainId { get; }
}
