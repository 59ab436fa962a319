using System.Collections.Immutable;
using Engine.CodeGeneration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization.Cloning;

namespace Orleans.Serialization.Codecs;

/// <summary>Makes copiers: registered ones first, then those of what the framework offers.</summary>
internal sealed class CopierFactory(CodecProvider provider, TypeManifestBuilder manifest)
{
    private static readonly Dictionary<Type, Type> s_generic = new()
    {
        [typeof(Nullable<>)] = typeof(NullableCopier<>),
        [typeof(ImmutableArray<>)] = typeof(ImmutableArrayCopier<>),
        [typeof(Tuple<,>)] = typeof(ReferenceTupleCopier<,>),
    };

    private static readonly Dictionary<Type, IDeepCopier> s_bytes = new()
    {
        [typeof(byte[])] = new ArrayCopier<byte>(),
        [typeof(ReadOnlyMemory<byte>)] = new BytesCopier<ReadOnlyMemory<byte>>(b => b, b => b),
        [typeof(Memory<byte>)] = new BytesCopier<Memory<byte>>(b => b, b => b),
    };

    /// <exception cref="CodecNotFoundException">There is none.</exception>
    public IDeepCopier Create(Type type) =>
        s_bytes.GetValueOrDefault(type)
        ?? Registered(type)
        ?? Converted(type)
        ?? Framework(type)
        ?? throw new CodecNotFoundException($"There is no copier for {type}: mark it with [GenerateSerializer], or register one.");

    private IDeepCopier? Registered(Type type)
    {
        if (Generics.Find(manifest.Copiers, type) is not { } copier)
            return null;

        return (IDeepCopier)ActivatorUtilities.CreateInstance(provider.Services, copier);
    }

    private IDeepCopier? Converted(Type type)
    {
        if (Generics.Find(manifest.Converters, type) is not { } converterType)
            return null;

        var converter = ActivatorUtilities.CreateInstance(provider.Services, converterType);
        return (IDeepCopier)Activator.CreateInstance(typeof(ConverterCopier<,>).MakeGenericType(Generics.ConverterArguments(converterType)), converter)!;
    }

    private static IDeepCopier? Framework(Type type)
    {
        if (PlainCodecs.All.ContainsKey(type) || type.IsEnum || typeof(Exception).IsAssignableFrom(type))
            return Generics.New<IDeepCopier>(typeof(ShallowCopier<>), type);
        if (type.IsSZArray)
            return Generics.New<IDeepCopier>(typeof(ArrayCopier<>), type.GetElementType()!);
        if (Generics.IsGrainReference(type))
            return Generics.New<IDeepCopier>(typeof(GrainReferenceCopier<>), type);
        if (type == typeof(object) || type.IsInterface || type.IsAbstract)
            return Generics.New<IDeepCopier>(typeof(PolymorphicCopier<>), type);
        if (!type.IsConstructedGenericType)
            return null;
        if (CollectionShapes.Find(type) is { } shape)
            return Generics.New<IDeepCopier>(typeof(CollectionCopier<,,>), shape);
        if (CollectionShapes.FindParts(type) is { } parts)
            return Generics.New<IDeepCopier>(typeof(PartsCopier<,>), type, parts);

        return s_generic.TryGetValue(type.GetGenericTypeDefinition(), out var copier) ? Generics.New<IDeepCopier>(copier, type.GetGenericArguments()) : null;
    }
}

internal sealed class NullableCopier<T> : Copier<T?> where T : struct
{
    private IDeepCopier<T> _value = null!;

    public override bool IsShallow => CodecProvider.IsShallow(_value);

    public override void Bind(CodecProvider codecs) => _value = codecs.GetCopier<T>();

    public override T? DeepCopy(T? input, CopyContext context) => input is { } value ? _value.DeepCopy(value, context) : null;
}
