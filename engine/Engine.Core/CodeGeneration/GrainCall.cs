namespace Engine.CodeGeneration;

/// <summary>
/// One call of a grain method: its arguments, and (in the runtime's part) its envelope and its completion. Pooled: one
/// object serves caller, transport and callee. Generated code derives one class per method.
/// </summary>
public abstract partial class GrainCall
{
    /// <summary>The method this call is for.</summary>
    public abstract GrainMethod Method { get; }

    /// <summary>The number of arguments, without the cancellation token.</summary>
    public abstract int ArgumentCount { get; }

    /// <summary>The method's cancellation token, if it takes one; never on the wire.</summary>
    public virtual CancellationToken CancellationToken
    {
        get => default;
        set { }
    }

    /// <exception cref="ArgumentOutOfRangeException">There is no argument of that index.</exception>
    public abstract object? GetArgument(int index);

    /// <exception cref="ArgumentOutOfRangeException">There is no argument of that index.</exception>
    public abstract void SetArgument(int index, object? value);

    /// <summary>Replaces every argument that could be changed after the call by a deep copy.</summary>
    public abstract void CopyArguments(CodecProvider codecs);

    /// <summary>Writes the arguments as the fields of an object, ended by its end mark.</summary>
    public abstract void WriteArguments(ref Writer writer);

    /// <summary>Reads what <see cref="WriteArguments"/> wrote; unknown fields are skipped, missing ones keep their defaults.</summary>
    public abstract void ReadArguments(ref Reader reader);

    /// <summary>Another call of the same method, without arguments.</summary>
    public abstract GrainCall CreateEmpty();

    /// <summary>Forgets the arguments and gives the object back to its pool: the caller must not touch it afterwards.</summary>
    public abstract void Reset();
}

/// <inheritdoc cref="GrainCall"/>
/// <typeparam name="TResult">What the method's task results in; <see cref="Nothing"/> for methods without a result.</typeparam>
public abstract partial class GrainCall<TResult> : GrainCall
{
    /// <summary>Calls the method on the grain or on the extension that handles it.</summary>
    public abstract ValueTask<TResult> InvokeMethod(object target);

    /// <summary>A deep copy of the result, or the result itself where nobody could change it.</summary>
    public abstract TResult CopyResult(TResult result, CodecProvider codecs);

    /// <summary>Writes the result as one field.</summary>
    public abstract void WriteResult(ref Writer writer, TResult result);

    /// <summary>Reads what <see cref="WriteResult"/> wrote.</summary>
    public abstract TResult ReadResult(ref Reader reader);
}
