using System.Reflection;

namespace Engine.CodeGeneration;

/// <summary>Finds the manifests of all assemblies that belong to this process.</summary>
internal static class TypeManifests
{
    private static readonly Lazy<TypeManifestBuilder> s_all = new(Gather);

    /// <summary>What the manifests register of the entry assembly, of all it references, and of what was loaded before the first call.</summary>
    public static TypeManifestBuilder Load() => s_all.Value;

    /// <summary>What the manifests of these assemblies register.</summary>
    public static TypeManifestBuilder Load(IEnumerable<Assembly> assemblies)
    {
        var builder = new TypeManifestBuilder();
        foreach (var assembly in assemblies)
        {
            foreach (var attribute in assembly.GetCustomAttributes<GeneratedTypesAttribute>())
            {
                if (builder.TryBegin(attribute.Manifest))
                    ((TypeManifest)Activator.CreateInstance(attribute.Manifest, nonPublic: true)!).Register(builder);
            }
        }

        return builder;
    }

    private static TypeManifestBuilder Gather()
    {
        var found = new Dictionary<string, Assembly>(StringComparer.Ordinal);
        var open = new Queue<Assembly>(AppDomain.CurrentDomain.GetAssemblies());
        if (Assembly.GetEntryAssembly() is { } entry)
            open.Enqueue(entry);

        while (open.TryDequeue(out var assembly))
        {
            if (assembly.IsDynamic || !found.TryAdd(assembly.FullName!, assembly))
                continue;

            foreach (var reference in assembly.GetReferencedAssemblies())
            {
                if (!IsFramework(reference.Name!) && !found.ContainsKey(reference.FullName) && TryLoad(reference) is { } loaded)
                    open.Enqueue(loaded);
            }
        }

        return Load(found.Values);
    }

    private static bool IsFramework(string name) =>
        name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal) || name is "netstandard" or "mscorlib";

    /// <summary>An assembly that is referenced and not there can't be in use: it is left out.</summary>
    private static Assembly? TryLoad(AssemblyName name)
    {
        try
        {
            return Assembly.Load(name);
        }
        catch (IOException)
        {
            return null;
        }
        catch (BadImageFormatException)
        {
            return null;
        }
    }
}
