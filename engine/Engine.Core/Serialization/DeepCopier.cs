using Engine.CodeGeneration;
using Orleans.Serialization.Cloning;

namespace Orleans.Serialization;

/// <summary>Copies values of any type that has a copier.</summary>
public sealed class DeepCopier
{
    private readonly CodecProvider _codecs;

    internal DeepCopier(CodecProvider codecs) => _codecs = codecs;

    /// <summary>A copier of one type.</summary>
    public DeepCopier<T> GetCopier<T>() => new(_codecs.GetCopier<T>(), _codecs.CopyContexts);

    /// <exception cref="SerializerException">The value, or something in it, can't be copied.</exception>
    public T Copy<T>(T value) => _codecs.Copy(value);
}

/// <summary>Copies values of one type.</summary>
public sealed class DeepCopier<T>(IDeepCopier<T> copier, CopyContextPool contextPool)
{
    /// <inheritdoc cref="DeepCopier.Copy{T}(T)"/>
    public T Copy(T value)
    {
        using var context = contextPool.GetContext();
        return copier.DeepCopy(value, context);
    }
}

/// <summary>What the service provider makes of an <see cref="IDeepCopier{T}"/> that is asked for.</summary>
internal sealed class HostCopier<T>(CodecProvider codecs) : IDeepCopier<T>
{
    private readonly IDeepCopier<T> _copier = codecs.GetCopier<T>();

    public T DeepCopy(T input, CopyContext context) => _copier.DeepCopy(input, context);
}
