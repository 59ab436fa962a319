using System.Diagnostics.CodeAnalysis;
using Engine.CodeGeneration;
using Orleans.Serialization.Session;

namespace Orleans.Serialization.Cloning;

/// <summary>What has been copied so far as a part of one value: an object that occurs twice in it does so in the copy.</summary>
public sealed class CopyContext : IDisposable
{
    private readonly CopyContextPool _pool;
    private readonly IdentityMap<object> _copies = new();

    internal CopyContext(CopyContextPool pool) => _pool = pool;

    internal CodecProvider Codecs => _pool.Codecs;

    /// <summary>The copy that has been made of an object.</summary>
    public bool TryGetCopy<T>(object original, [NotNullWhen(true)] out T? result) where T : class
    {
        if (_copies.TryGet(original, out var copy))
        {
            result = (T)copy;
            return true;
        }

        result = null;
        return false;
    }

    /// <summary>Makes a copy known, before its members are copied.</summary>
    public void RecordCopy(object original, object copy) => _copies.Add(original, copy);

    /// <summary>Copies a part of the value.</summary>
    public T DeepCopy<T>(T value) => Codecs.GetCopier<T>().DeepCopy(value, this);

    /// <summary>Forgets everything: the next value stands alone.</summary>
    public void Reset() => _copies.Clear();

    /// <summary>Forgets everything and goes back to its pool.</summary>
    public void Dispose()
    {
        Reset();
        _pool.Return(this);
    }
}
