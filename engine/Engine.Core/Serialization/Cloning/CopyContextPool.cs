using Engine.CodeGeneration;
using Orleans.Serialization.Session;

namespace Orleans.Serialization.Cloning;

/// <summary>The copy contexts of a host.</summary>
public sealed class CopyContextPool
{
    private readonly ObjectSlots<CopyContext> _contexts = new();

    internal CopyContextPool(CodecProvider codecs) => Codecs = codecs;

    internal CodecProvider Codecs { get; }

    /// <summary>A context, to be disposed after one value.</summary>
    public CopyContext GetContext() => _contexts.TryTake() ?? new(this);

    internal void Return(CopyContext context) => _contexts.Give(context);
}
