using Engine.CodeGenerator.Model;
using Microsoft.CodeAnalysis;

namespace Engine.CodeGenerator.Reading;

/// <summary>Finds out how values of a type are written and whether they must be copied.</summary>
internal static class TypeReader
{
    private static readonly HashSet<string> s_plain = new(StringComparer.Ordinal)
    {
        "System.Guid", "System.TimeSpan", "System.DateTimeOffset", "System.DateOnly", "System.TimeOnly",
    };

    private static readonly HashSet<string> s_immutable = new(StringComparer.Ordinal)
    {
        "System.Uri", "System.Version", "System.Threading.CancellationToken", "Orleans.Runtime.GrainId", "Orleans.Runtime.StreamId", "Orleans.Runtime.SiloAddress",
    };

    private static readonly HashSet<string> s_immutableIfArgumentsAre = new(StringComparer.Ordinal)
    {
        "System.Nullable<T>",
        "System.Collections.Generic.KeyValuePair<TKey, TValue>",
        "System.Collections.Immutable.ImmutableArray<T>",
        "System.Collections.Immutable.ImmutableList<T>",
        "System.Collections.Immutable.ImmutableHashSet<T>",
        "System.Collections.Immutable.ImmutableDictionary<TKey, TValue>",
        "System.Collections.Immutable.ImmutableSortedDictionary<TKey, TValue>",
    };

    public static TypeModel Read(ITypeSymbol type, bool markedImmutable = false)
    {
        var immutable = markedImmutable || IsImmutable(type);
        if (type is INamedTypeSymbol { TypeKind: TypeKind.Enum, EnumUnderlyingType: { } underlying })
            return new(type.Full(), ReadMethod(underlying), underlying.Full(), true);

        return new(type.Full(), ReadMethod(type), "", immutable);
    }

    private static string ReadMethod(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Boolean or SpecialType.System_Char or SpecialType.System_SByte or SpecialType.System_Byte or
        SpecialType.System_Int16 or SpecialType.System_UInt16 or SpecialType.System_Int32 or SpecialType.System_UInt32 or
        SpecialType.System_Int64 or SpecialType.System_UInt64 or SpecialType.System_Single or SpecialType.System_Double or
        SpecialType.System_Decimal or SpecialType.System_String or SpecialType.System_DateTime => "Read" + type.Name,
        _ => s_plain.Contains(type.ToDisplayString()) ? "Read" + type.Name : "",
    };

    private static bool IsImmutable(ITypeSymbol type)
    {
        if (type.TypeKind == TypeKind.Enum || ReadMethod(type).Length > 0)
            return true;

        if (type is not INamedTypeSymbol named)
            return false;

        if (named.Has(Names.Immutable) || s_immutable.Contains(named.ToDisplayString()))
            return true;

        return (named.IsTupleType || s_immutableIfArgumentsAre.Contains(named.OriginalDefinition.ToDisplayString()))
            && named.TypeArguments.All(IsImmutable);
    }
}
