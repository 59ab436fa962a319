namespace Orleans.Serialization.Cloning;

/// <summary>Copies values.</summary>
public interface IDeepCopier
{
    /// <summary>A copy that shares nothing with the value that could be changed.</summary>
    object? DeepCopy(object? input, CopyContext context);
}

/// <summary>Copies values of one type. Own ones are found by <see cref="RegisterCopierAttribute"/>.</summary>
public interface IDeepCopier<T> : IDeepCopier
{
    /// <summary>A copy that shares nothing with the value that could be changed.</summary>
    /// <param name="input">The value.</param>
    /// <param name="context">What has been copied before as a part of the same value.</param>
    T DeepCopy(T input, CopyContext context);

    object? IDeepCopier.DeepCopy(object? input, CopyContext context) => DeepCopy((T)input!, context);
}
