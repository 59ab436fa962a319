using System.Collections.Immutable;
using Engine.CodeGeneration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Orleans.Serialization.Codecs;

/// <summary>Makes codecs: registered ones first, then those of what the framework offers.</summary>
internal sealed class CodecFactory(CodecProvider provider, TypeManifestBuilder manifest)
{
    private static readonly Dictionary<Type, Type> s_generic = new()
    {
        [typeof(Nullable<>)] = typeof(NullableCodec<>),
        [typeof(ImmutableArray<>)] = typeof(ImmutableArrayCodec<>),
        [typeof(Tuple<,>)] = typeof(ReferenceTupleCodec<,>),
    };

    /// <exception cref="CodecNotFoundException">There is none.</exception>
    public FieldCodec Create(Type type) =>
        PlainCodecs.All.GetValueOrDefault(type)
        ?? Registered(type)
        ?? Converted(type)
        ?? Framework(type)
        ?? throw new CodecNotFoundException($"There is no codec for {type}: mark it with [GenerateSerializer], or register a converter.");

    private FieldCodec? Registered(Type type) => (FieldCodec?)Generics.Create(manifest.Codecs, type);

    private FieldCodec? Converted(Type type)
    {
        if (Generics.Find(manifest.Converters, type) is not { } converterType)
            return null;

        var converter = ActivatorUtilities.CreateInstance(provider.Services, converterType);
        var arguments = Generics.ConverterArguments(converterType);
        var codec = type.IsValueType ? typeof(ValueConverterCodec<,>) : typeof(ConverterCodec<,>);
        return (FieldCodec)Activator.CreateInstance(codec.MakeGenericType(arguments), converter)!;
    }

    private static FieldCodec? Framework(Type type)
    {
        if (type.IsEnum)
            return Generics.New<FieldCodec>(typeof(EnumCodec<,>), type, type.GetEnumUnderlyingType());
        if (type.IsSZArray)
            return Generics.New<FieldCodec>(typeof(ArrayCodec<>), type.GetElementType()!);
        if (Generics.IsGrainReference(type))
            return Generics.New<FieldCodec>(typeof(GrainReferenceCodec<>), type.IsInterface ? type : typeof(GrainReference));
        if (typeof(Exception).IsAssignableFrom(type))
            return Generics.New<FieldCodec>(typeof(ExceptionCodec<>), type);
        if (type == typeof(object) || type.IsInterface || type.IsAbstract)
            return Generics.New<FieldCodec>(typeof(PolymorphicCodec<>), type);
        if (Sequence(type) is { } element)
            return Generics.New<FieldCodec>(typeof(SequenceCodec<>), element);
        if (!type.IsConstructedGenericType)
            return null;
        if (CollectionShapes.Find(type) is { } shape)
            return Generics.New<FieldCodec>(typeof(CollectionCodec<,,>), shape);
        if (CollectionShapes.FindParts(type) is { } parts)
            return Generics.New<FieldCodec>(typeof(PartsCodec<,>), type, parts);

        return s_generic.TryGetValue(type.GetGenericTypeDefinition(), out var codec) ? Generics.New<FieldCodec>(codec, type.GetGenericArguments()) : null;
    }

    /// <summary>The element of a sequence whose type nobody can name, such as that of a query or of a collection expression.</summary>
    private static Type? Sequence(Type type)
    {
        var sequences = type.IsVisible
            ? []
            : type.GetInterfaces().Where(i => i.IsConstructedGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>)).ToArray();
        return sequences.Length == 1 ? sequences[0].GetGenericArguments()[0] : null;
    }
}
