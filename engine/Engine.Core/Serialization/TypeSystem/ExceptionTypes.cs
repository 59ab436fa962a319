using System.Reflection;

namespace Orleans.Serialization.TypeSystem;

/// <summary>
/// Finds exceptions without a codec by name, among the framework's assemblies that are loaded and those with a manifest.
/// Nothing is loaded.
/// </summary>
internal sealed class ExceptionTypes(IEnumerable<Assembly> assemblies)
{
    /// <summary>Begins the name of every exception, so that one that is not known can be told from other types.</summary>
    public const char Mark = '!';

    private readonly Dictionary<string, Assembly> _assemblies = assemblies
        .GroupBy(a => a.GetName().Name!)
        .ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);

    public static string GetName(Type type) => $"{Mark}{type.FullName},{type.Assembly.GetName().Name}";

    /// <summary>The exception of that name, or the one that stands for those that are not known.</summary>
    public Type Find(string name)
    {
        var comma = name.LastIndexOf(',');
        if (comma > 0 && FindAssembly(name[(comma + 1)..]) is { } assembly)
        {
            var type = assembly.GetType(name[1..comma], throwOnError: false);
            if (type is { IsAbstract: false, ContainsGenericParameters: false } && typeof(Exception).IsAssignableFrom(type))
                return type;
        }

        return typeof(UnavailableExceptionFallbackException);
    }

    private Assembly? FindAssembly(string name)
    {
        if (_assemblies.TryGetValue(name, out var assembly))
            return assembly;

        return name.StartsWith("System.", StringComparison.Ordinal)
            ? AppDomain.CurrentDomain.GetAssemblies().FirstOrDefault(a => a.GetName().Name == name)
            : null;
    }
}
