namespace Engine.CodeGeneration;

/// <summary>Collects what the manifests of all assemblies register; one per host.</summary>
public sealed class TypeManifestBuilder
{
    private readonly HashSet<Type> _manifests = [];

    internal TypeManifestBuilder()
    {
    }

    internal Dictionary<Type, GrainInterfaceRegistration> Interfaces { get; } = [];
    internal Dictionary<string, GrainInterfaceRegistration> InterfacesByName { get; } = new(StringComparer.Ordinal);
    internal HashSet<Type> GrainClasses { get; } = [];
    internal Dictionary<Type, Type> Codecs { get; } = [];
    internal Dictionary<Type, Type> Copiers { get; } = [];
    internal Dictionary<Type, Type> Converters { get; } = [];
    internal HashSet<Type> Enums { get; } = [];
    internal Dictionary<string, Type> Aliases { get; } = new(StringComparer.Ordinal);

    /// <summary>Registers a grain interface.</summary>
    /// <param name="interface">The interface.</param>
    /// <param name="name">Its name on the wire: the alias, or the full name.</param>
    /// <param name="create">Creates a proxy.</param>
    /// <param name="methods">Its methods, with those it inherits.</param>
    /// <param name="createCall">Rents an empty call of the method with that id; null for an unknown id.</param>
    public void AddInterface(Type @interface, string name, Func<GrainProxyContext, GrainProxy> create, GrainMethod[] methods, Func<uint, GrainCall?> createCall)
    {
        var registration = new GrainInterfaceRegistration(@interface, name, create, methods, createCall);
        Interfaces[@interface] = registration;
        if (!InterfacesByName.TryAdd(name, registration) && InterfacesByName[name].Interface != @interface)
            throw new InvalidOperationException($"The grain interfaces {InterfacesByName[name].Interface} and {@interface} have the same name '{name}'.");
    }

    /// <summary>Registers a class that implements grain interfaces.</summary>
    public void AddGrainClass(Type grainClass) => GrainClasses.Add(grainClass);

    /// <summary>Registers the codec of a type; both may be open generic types with the same parameters.</summary>
    public void AddCodec(Type target, Type codec) => Codecs[target] = codec;

    /// <summary>Registers the copier of a type; both may be open generic types with the same parameters.</summary>
    public void AddCopier(Type target, Type copier) => Copiers[target] = copier;

    /// <summary>Registers a converter between a type and its surrogate.</summary>
    public void AddConverter(Type target, Type converter) => Converters[target] = converter;

    /// <summary>Registers an enum that may occur where the field's own type does not tell.</summary>
    public void AddEnum(Type target) => Enums.Add(target);

    /// <summary>Registers the name of a type on the wire.</summary>
    public void AddAlias(string alias, Type type)
    {
        if (!Aliases.TryAdd(alias, type) && Aliases[alias] != type)
            throw new InvalidOperationException($"The types {Aliases[alias]} and {type} have the same alias '{alias}'.");
    }

    internal bool TryBegin(Type manifest) => _manifests.Add(manifest);
}

/// <summary>A grain interface as its manifest registered it.</summary>
internal sealed record GrainInterfaceRegistration(Type Interface, string Name, Func<GrainProxyContext, GrainProxy> Create, GrainMethod[] Methods, Func<uint, GrainCall?> CreateCall);
