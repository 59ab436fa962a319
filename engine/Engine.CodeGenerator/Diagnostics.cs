using Microsoft.CodeAnalysis;

namespace Engine.CodeGenerator;

/// <summary>What is reported as build errors. ORLEANS ids are those of Orleans' own analyzers for the same mistake.</summary>
internal static class Diagnostics
{
    private const string Category = "Orleans";

    public static readonly DiagnosticDescriptor AlwaysInterleaveOnImplementation = Error(
        "ORLEANS0001",
        "[AlwaysInterleave] belongs on the grain interface",
        "[AlwaysInterleave] on {0} has no effect: put it on the method of the grain interface");

    public static readonly DiagnosticDescriptor ReferenceParameter = Error(
        "ORLEANS0002",
        "Grain methods take no reference parameters",
        "The parameter {0} of {1} is passed by reference, which a call to another process cannot do");

    public static readonly DiagnosticDescriptor MissingId = Error(
        "ORLEANS0004",
        "Serializable members need an [Id]",
        "{0} of the serializable type {1} needs [Id] to be written, or [NonSerialized] to be left out");

    public static readonly DiagnosticDescriptor StaticOrAbstractMember = Error(
        "ORLEANS0006",
        "Static and abstract members cannot be serialized",
        "{0} has an [Id], but is static or abstract");

    public static readonly DiagnosticDescriptor InterfaceProperty = Error(
        "ORLEANS0008",
        "Grain interfaces have methods only",
        "{0} is no method, which a grain interface must not have");

    public static readonly DiagnosticDescriptor ReturnType = Error(
        "ORLEANS0009",
        "Grain methods return a task",
        "{0} must return Task, Task<T>, ValueTask or ValueTask<T>");

    public static readonly DiagnosticDescriptor SameMethodId = Error(
        "ORLEANS0011",
        "Aliases are unique in their interface",
        "{0} has the same number on the wire as another method of {1}: give one of them another [Alias]");

    public static readonly DiagnosticDescriptor DuplicateId = Error(
        "ORLEANS0012",
        "Ids are unique in their type",
        "{0} has the same [Id({1})] as another member of {2}");

    public static readonly DiagnosticDescriptor AttributeOnGrainClass = Error(
        "ORLEANS0013",
        "Grain classes are no messages",
        "[{0}] does not belong on the grain class {1}: put it on the grain interface, or on the types of messages");

    public static readonly DiagnosticDescriptor Inaccessible = Error(
        "ORLEANS0107",
        "Generated code must reach the type",
        "{0} is private or file-local, so that generated code cannot use it");

    public static readonly DiagnosticDescriptor SeveralTokens = Error(
        "ORLEANS0109",
        "Grain methods take one CancellationToken at most",
        "{0} takes more than one CancellationToken");

    public static readonly DiagnosticDescriptor Generic = Error(
        "ENGINE0001",
        "Grain interfaces and grain methods are not generic",
        "{0} is generic, which this engine does not support");

    public static readonly DiagnosticDescriptor NotWritable = Error(
        "ENGINE0002",
        "Serializable members can be set",
        "{0} has an [Id], but neither a setter nor a field of its own");

    public static readonly DiagnosticDescriptor ConstructorParameters = Error(
        "ENGINE0003",
        "Only records have serializable constructor parameters",
        "{0} asks for IncludePrimaryConstructorParameters, which this engine supports for records only");

    public static readonly DiagnosticDescriptor BaseNotSerializable = Error(
        "ENGINE0004",
        "The base class of a serializable class is serializable",
        "{0} derives from {1}, which has no [GenerateSerializer]");

    public static readonly DiagnosticDescriptor AttributeOnImplementation = Error(
        "ENGINE0005",
        "The attribute belongs on the grain interface",
        "[{0}] on {1} has no effect: put it on the method of the grain interface");

    public static readonly DiagnosticDescriptor NoTarget = Error(
        "ENGINE0006",
        "Converters and copiers implement their interface",
        "{0} is registered, but does not implement {1}");

    private static readonly Dictionary<string, DiagnosticDescriptor> s_byId = new DiagnosticDescriptor[]
    {
        AlwaysInterleaveOnImplementation,
        ReferenceParameter,
        MissingId,
        StaticOrAbstractMember,
        InterfaceProperty,
        ReturnType,
        DuplicateId,
        AttributeOnGrainClass,
        Inaccessible,
        SeveralTokens,
        Generic,
        NotWritable,
        ConstructorParameters,
        BaseNotSerializable,
        SameMethodId,
        AttributeOnImplementation,
        NoTarget,
    }.ToDictionary(d => d.Id);

    public static DiagnosticDescriptor Get(string id) => s_byId[id];

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        new(id, title, message, Category, DiagnosticSeverity.Error, isEnabledByDefault: true);
}
