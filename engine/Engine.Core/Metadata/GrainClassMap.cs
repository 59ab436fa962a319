using System.Collections.Concurrent;
using System.Reflection;
using Engine.CodeGeneration;
using Orleans.Metadata;

namespace Orleans.Runtime;

/// <summary>Which class implements which grain interface.</summary>
internal sealed class GrainClassMap
{
    private readonly Dictionary<GrainType, Type> _classes = [];
    private readonly Dictionary<Type, List<(GrainType Type, Type Class)>> _implementations = [];
    private readonly ConcurrentDictionary<(Type Interface, string? Prefix), GrainType> _resolved = new();

    public GrainClassMap(TypeManifestBuilder manifest, IServiceProvider services)
    {
        foreach (var grainClass in manifest.GrainClasses)
        {
            Add(grainClass, GrainTypeNames.Of(grainClass, services));
        }
    }

    public Type? ClassOf(GrainType type) => _classes.GetValueOrDefault(type);

    /// <exception cref="ArgumentException">No class implements the interface, or it is not clear which one is meant.</exception>
    public GrainType Resolve(Type grainInterface, string? classNamePrefix = null)
    {
        if (classNamePrefix is { Length: 0 })
        {
            classNamePrefix = null;
        }

        return _resolved.TryGetValue((grainInterface, classNamePrefix), out var type)
            ? type
            : _resolved.GetOrAdd((grainInterface, classNamePrefix), Find(grainInterface, classNamePrefix));
    }

    private void Add(Type grainClass, GrainType type)
    {
        if (!_classes.TryAdd(type, grainClass))
        {
            throw new OrleansConfigurationException($"The grain classes {_classes[type]} and {grainClass} have the same grain type '{type}'. Name one of them with [GrainType].");
        }

        foreach (var implemented in grainClass.GetInterfaces())
        {
            if (typeof(IAddressable).IsAssignableFrom(implemented))
            {
                if (!_implementations.TryGetValue(implemented, out var classes))
                {
                    _implementations[implemented] = classes = [];
                }

                classes.Add((type, grainClass));
            }
        }
    }

    private GrainType Find(Type grainInterface, string? prefix)
    {
        if (!_implementations.TryGetValue(grainInterface, out var classes))
        {
            throw new ArgumentException($"No grain class implements {grainInterface}.", nameof(grainInterface));
        }

        return prefix is null ? FindDefault(grainInterface, classes) : FindByPrefix(grainInterface, classes, prefix);
    }

    private static GrainType FindDefault(Type grainInterface, List<(GrainType Type, Type Class)> classes)
    {
        if (grainInterface.GetCustomAttribute<DefaultGrainTypeAttribute>(inherit: false) is { } named)
        {
            return named.GrainType;
        }

        if (classes.Count == 1)
        {
            return classes[0].Type;
        }

        foreach (var (type, grainClass) in classes)
        {
            if (grainInterface.Name[0] == 'I' && grainClass.Name.AsSpan().SequenceEqual(grainInterface.Name.AsSpan(1)))
            {
                return type;
            }
        }

        throw Ambiguous(grainInterface, classes);
    }

    private static GrainType FindByPrefix(Type grainInterface, List<(GrainType Type, Type Class)> classes, string prefix)
    {
        var matching = classes.FindAll(candidate => candidate.Class.FullName!.StartsWith(prefix, StringComparison.Ordinal));
        if (matching.Find(candidate => candidate.Class.FullName == prefix) is { Class: not null } exact)
        {
            return exact.Type;
        }

        return matching.Count switch
        {
            1 => matching[0].Type,
            0 => throw new ArgumentException($"No grain class whose full name begins with '{prefix}' implements {grainInterface}.", nameof(prefix)),
            _ => throw Ambiguous(grainInterface, matching),
        };
    }

    private static ArgumentException Ambiguous(Type grainInterface, List<(GrainType Type, Type Class)> classes) =>
        new($"{grainInterface} is implemented by several grain classes ({string.Join(", ", classes.Select(candidate => candidate.Class))}); name one with [DefaultGrainType] or a class name prefix.", nameof(grainInterface));
}
