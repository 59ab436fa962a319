using Microsoft.CodeAnalysis;

namespace Engine.CodeGenerator.Reading;

/// <summary>The names that are looked for, and those that are written.</summary>
internal static class Names
{
    public const string GenerateSerializer = "Orleans.GenerateSerializerAttribute";
    public const string RegisterConverter = "Orleans.RegisterConverterAttribute";
    public const string RegisterCopier = "Orleans.RegisterCopierAttribute";
    public const string Id = "Orleans.IdAttribute";
    public const string Alias = "Orleans.AliasAttribute";
    public const string Immutable = "Orleans.ImmutableAttribute";
    public const string ResponseTimeout = "Orleans.ResponseTimeoutAttribute";
    public const string ReadOnly = "Orleans.Concurrency.ReadOnlyAttribute";
    public const string AlwaysInterleave = "Orleans.Concurrency.AlwaysInterleaveAttribute";
    public const string Addressable = "Orleans.Runtime.IAddressable";
    public const string GrainExtension = "Orleans.Runtime.IGrainExtension";
    public const string Grain = "Orleans.IGrain";
    public const string GrainBase = "Orleans.IGrainBase";
    public const string Converter = "Orleans.IConverter<TValue, TSurrogate>";
    public const string DeepCopier = "Orleans.Serialization.Cloning.IDeepCopier<T>";

    private static readonly SymbolDisplayFormat s_full = SymbolDisplayFormat.FullyQualifiedFormat
        .WithMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers | SymbolDisplayMiscellaneousOptions.UseSpecialTypes);

    /// <summary>The C# name of a type, from global:: on.</summary>
    public static string Full(this ITypeSymbol type) => type.TypeKind == TypeKind.Dynamic ? "object" : type.ToDisplayString(s_full);

    /// <summary>The name as one reads it in a message: "Demo.Order.Placed".</summary>
    public static string Readable(this ISymbol symbol) => symbol.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat);

    /// <summary>The name by which reflection knows the type: "Demo.Order+Placed", "Demo.Box`1".</summary>
    public static string Metadata(this INamedTypeSymbol type)
    {
        if (type.ContainingType is { } outer)
            return outer.Metadata() + "+" + type.MetadataName;

        return type.ContainingNamespace is { IsGlobalNamespace: false } ns ? ns.ToDisplayString() + "." + type.MetadataName : type.MetadataName;
    }

    /// <summary>The metadata name as a part of an identifier; different names stay different.</summary>
    public static string Safe(this INamedTypeSymbol type)
    {
        var name = type.Metadata();
        var safe = new string(name.Select(c => char.IsLetterOrDigit(c) ? c : '_').ToArray());
        return $"{safe}_{Hash(name):X8}";
    }

    /// <summary>The C# name for typeof: "global::Demo.Box&lt;,&gt;".</summary>
    public static string Unbound(this INamedTypeSymbol type) =>
        type.AllTypeParameters().Any() ? UnboundChain(type) : type.Full();

    /// <summary>The type parameters of a type and of those it is nested in, outermost first.</summary>
    public static IEnumerable<ITypeParameterSymbol> AllTypeParameters(this INamedTypeSymbol type) =>
        type.ContainingType is { } outer ? outer.AllTypeParameters().Concat(type.TypeParameters) : type.TypeParameters;

    public static AttributeData? Attribute(this ISymbol symbol, string name)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass?.ToDisplayString() == name)
                return attribute;
        }

        return null;
    }

    public static bool Has(this ISymbol symbol, string attribute) => symbol.Attribute(attribute) is not null;

    public static string? AliasOf(this ISymbol symbol) => symbol.AliasesOf().FirstOrDefault();

    public static IEnumerable<string> AliasesOf(this ISymbol symbol) =>
        symbol.GetAttributes()
            .Where(a => a.AttributeClass?.ToDisplayString() == Alias)
            .Select(a => a.ConstructorArguments.FirstOrDefault().Value as string)
            .OfType<string>();

    public static bool Implements(this ITypeSymbol type, string @interface) => type.AllInterfaces.Any(i => i.ToDisplayString() == @interface);

    /// <summary>Whether code elsewhere in the assembly can name the type.</summary>
    public static bool IsReachable(this INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.ContainingType)
        {
            if (current.IsFileLocal || current.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal)
                return false;
        }

        return true;
    }

    /// <summary>FNV-1a, which gives the same number for a name in every process.</summary>
    public static uint Hash(string text)
    {
        var hash = 2166136261u;
        foreach (var c in text)
            hash = unchecked((hash ^ c) * 16777619u);

        return hash;
    }

    private static string UnboundChain(INamedTypeSymbol type)
    {
        var commas = type.TypeParameters.Length == 0 ? "" : $"<{new string(',', type.TypeParameters.Length - 1)}>";
        if (type.ContainingType is { } outer)
            return $"{UnboundChain(outer)}.{type.Name}{commas}";

        return type.ContainingNamespace is { IsGlobalNamespace: false } ns ? $"{ns.ToDisplayString(s_full)}.{type.Name}{commas}" : $"global::{type.Name}{commas}";
    }
}
