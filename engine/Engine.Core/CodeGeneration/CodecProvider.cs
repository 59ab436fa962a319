using System.Runtime.CompilerServices;
using Orleans.Serialization;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Session;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.TypeSystem;

namespace Engine.CodeGeneration;

/// <summary>The codecs and copiers of a host, each made when it is first asked for.</summary>
public sealed class CodecProvider
{
    private readonly Lock _gate = new();
    private readonly MadeOnce<FieldCodec> _codecsByType;
    private readonly MadeOnce<IDeepCopier> _copiersByType;
    private FieldCodec?[] _codecs = new FieldCodec?[64];
    private IDeepCopier?[] _copiers = new IDeepCopier?[64];

    internal CodecProvider(IServiceProvider services, TypeManifestBuilder manifest)
    {
        Services = services;
        Types = new TypeNames(manifest);
        Sessions = new SerializerSessionPool(this);
        CopyContexts = new CopyContextPool(this);
        var codecs = new CodecFactory(this, manifest);
        var copiers = new CopierFactory(this, manifest);
        _codecsByType = new(_gate, codecs.Create, codec => codec.Bind(this));
        _copiersByType = new(_gate, copiers.Create, copier => (copier as IBoundCopier)?.Bind(this));
    }

    internal IServiceProvider Services { get; }
    internal TypeNames Types { get; }
    internal SerializerSessionPool Sessions { get; }
    internal CopyContextPool CopyContexts { get; }

    /// <exception cref="CodecNotFoundException">There is none.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public FieldCodec<T> GetCodec<T>()
    {
        var codecs = _codecs;
        var slot = TypeSlot<T>.Index;
        return (uint)slot < (uint)codecs.Length && codecs[slot] is { } codec ? Unsafe.As<FieldCodec<T>>(codec) : FindCodec<T>();
    }

    /// <exception cref="CodecNotFoundException">There is none.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public IDeepCopier<T> GetCopier<T>()
    {
        var copiers = _copiers;
        var slot = TypeSlot<T>.Index;
        return (uint)slot < (uint)copiers.Length && copiers[slot] is { } copier ? Unsafe.As<IDeepCopier<T>>(copier) : FindCopier<T>();
    }

    /// <summary>The codec of a class that is another one's base.</summary>
    /// <exception cref="CodecNotFoundException">There is none.</exception>
    public ObjectCodec<T> GetBaseCodec<T>() where T : class =>
        _codecsByType.Get(typeof(T)) as ObjectCodec<T> ?? throw new CodecNotFoundException($"The base class {typeof(T)} has no generated serializer.");

    /// <summary>The copier of a class that is another one's base.</summary>
    /// <exception cref="CodecNotFoundException">There is none.</exception>
    public ObjectCopier<T> GetBaseCopier<T>() where T : class =>
        _copiersByType.Get(typeof(T)) as ObjectCopier<T> ?? throw new CodecNotFoundException($"The base class {typeof(T)} has no generated copier.");

    /// <summary>Whether values are shared instead of copied: neither they nor what they contain can be changed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsShared<T>() => GetCopier<T>() is ShallowCopier<T>;

    /// <summary>Whether what the copier copies is shared instead.</summary>
    public static bool IsShallow(IDeepCopier copier) => copier is IBoundCopier { IsShallow: true };

    /// <summary>A copy of a value that is not a part of another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Copy<T>(T value) => GetCopier<T>() is ShallowCopier<T> ? value : CopyMutable(value);

    /// <summary>A context in which several values are copied together; to be disposed.</summary>
    public CopyContext BeginCopy() => CopyContexts.GetContext();

    /// <summary>Whether values of exactly this type can be written, and read where the field's type does not tell.</summary>
    internal bool CanSerialize(Type type)
    {
        try
        {
            Types.GetNameBytes(GetCodec(type).WireIdentity);
            return true;
        }
        catch (SerializerException)
        {
            return false;
        }
    }

    internal FieldCodec GetCodec(Type type) => _codecsByType.Get(type);

    internal IDeepCopier GetCopier(Type type) => _copiersByType.Get(type);

    private T CopyMutable<T>(T value)
    {
        using var context = CopyContexts.GetContext();
        return GetCopier<T>().DeepCopy(value, context);
    }

    private FieldCodec<T> FindCodec<T>()
    {
        lock (_gate)
        {
            var codec = (FieldCodec<T>)_codecsByType.Get(typeof(T));
            if (!_codecsByType.IsMaking)
                Publish(ref _codecs, TypeSlot<T>.Index, codec);

            return codec;
        }
    }

    private IDeepCopier<T> FindCopier<T>()
    {
        lock (_gate)
        {
            var copier = (IDeepCopier<T>)_copiersByType.Get(typeof(T));
            if (_copiersByType.IsMaking)
                return copier;

            if (copier is IBoundCopier { IsShallow: true })
                copier = ShallowCopier<T>.Instance;

            Publish(ref _copiers, TypeSlot<T>.Index, copier);
            return copier;
        }
    }

    private static void Publish<T>(ref T?[] slots, int index, T value) where T : class
    {
        if (index >= slots.Length)
        {
            var larger = new T?[Math.Max(index + 1, slots.Length * 2)];
            slots.CopyTo(larger, 0);
            larger[index] = value;
            Volatile.Write(ref slots, larger);
        }
        else
        {
            Volatile.Write(ref slots[index], value);
        }
    }
}
