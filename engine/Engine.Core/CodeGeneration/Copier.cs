using Orleans.Serialization.Cloning;

namespace Engine.CodeGeneration;

/// <summary>What the engine's own copiers can do beyond <see cref="IDeepCopier"/>.</summary>
internal interface IBoundCopier : IDeepCopier
{
    /// <summary>Whether values are shared instead of copied.</summary>
    bool IsShallow { get; }

    /// <summary>Finds the copiers of the members. They may not be bound yet: types can contain each other.</summary>
    void Bind(CodecProvider codecs);
}

/// <summary>Copies values of one type. One instance a host.</summary>
public abstract class Copier<T> : IBoundCopier, IDeepCopier<T>
{
    public virtual bool IsShallow => false;

    public virtual void Bind(CodecProvider codecs)
    {
    }

    public abstract T DeepCopy(T input, CopyContext context);

    object? IDeepCopier.DeepCopy(object? input, CopyContext context) => DeepCopy((T)input!, context);
}

/// <summary>Shares values of an immutable type.</summary>
internal sealed class ShallowCopier<T> : Copier<T>
{
    public static readonly ShallowCopier<T> Instance = new();

    public override bool IsShallow => true;

    public override T DeepCopy(T input, CopyContext context) => input;
}

/// <summary>The copier of a class: copies are created first and filled then, so that they may contain each other.</summary>
public abstract class ObjectCopier<T> : Copier<T?> where T : class
{
    private static readonly bool s_sealed = typeof(T).IsSealed;

    /// <summary>Whether objects of exactly this type can't be changed; set by <see cref="Copier{T}.Bind"/>.</summary>
    public bool IsFrozen { get; protected set; }

    public sealed override bool IsShallow => s_sealed && IsFrozen;

    /// <summary>Creates an object to fill.</summary>
    public abstract T Create();

    /// <summary>Copies the fields, those of base classes first.</summary>
    public abstract void CopyFields(T from, T to, CopyContext context);

    public sealed override T? DeepCopy(T? input, CopyContext context)
    {
        if (input is null)
            return null;

        if (!s_sealed && input.GetType() != typeof(T))
            return (T?)context.Codecs.GetCopier(input.GetType()).DeepCopy(input, context);

        if (IsFrozen)
            return input;

        if (context.TryGetCopy<T>(input, out var copy))
            return copy;

        copy = Create();
        context.RecordCopy(input, copy);
        CopyFields(input, copy, context);
        return copy;
    }
}
