using System.Collections.Concurrent;
using System.Reflection;
using Orleans.Metadata;

namespace Orleans.Runtime;

/// <summary>Finds the grain type that a reference to an interface means.</summary>
internal abstract class GrainTypeResolver
{
    private readonly ConcurrentDictionary<(Type Interface, string? Prefix), GrainType> _resolved = new();

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

    /// <summary>The classes that implement an interface; null for none.</summary>
    protected abstract List<GrainClassName>? ClassesOf(Type grainInterface);

    /// <summary>The classes have changed.</summary>
    protected void Forget() => _resolved.Clear();

    private GrainType Find(Type grainInterface, string? prefix)
    {
        var classes = ClassesOf(grainInterface) ?? throw new ArgumentException($"No grain class implements {grainInterface}.", nameof(grainInterface));
        return prefix is null ? FindDefault(grainInterface, classes) : FindByPrefix(grainInterface, classes, prefix);
    }

    private static GrainType FindDefault(Type grainInterface, List<GrainClassName> classes)
    {
        if (grainInterface.GetCustomAttribute<DefaultGrainTypeAttribute>(inherit: false) is { } named)
        {
            return named.GrainType;
        }

        if (classes.Count == 1)
        {
            return classes[0].Type;
        }

        foreach (var candidate in classes)
        {
            if (grainInterface.Name[0] == 'I' && candidate.Name.AsSpan().SequenceEqual(grainInterface.Name.AsSpan(1)))
            {
                return candidate.Type;
            }
        }

        throw Ambiguous(grainInterface, classes);
    }

    private static GrainType FindByPrefix(Type grainInterface, List<GrainClassName> classes, string prefix)
    {
        var matching = classes.FindAll(candidate => candidate.FullName.StartsWith(prefix, StringComparison.Ordinal));
        if (matching.Find(candidate => candidate.FullName == prefix) is { FullName: not null } exact)
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

    private static ArgumentException Ambiguous(Type grainInterface, List<GrainClassName> classes) =>
        new($"{grainInterface} is implemented by several grain classes ({string.Join(", ", classes.Select(candidate => candidate.FullName))}); name one with [DefaultGrainType] or a class name prefix.", nameof(grainInterface));
}

/// <summary>What references need to know of a grain class.</summary>
internal readonly record struct GrainClassName(GrainType Type, string FullName, string Name);
