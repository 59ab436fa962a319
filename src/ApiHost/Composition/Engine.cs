using System.Reflection;

namespace Crescent.ApiHost.Composition;

/// <summary>Which virtual-actor engine this build uses; the build writes it into the assembly.</summary>
internal static class Engine
{
    public static string Name { get; } = typeof(Engine).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(attribute => attribute.Key == "OrleansEngine")?.Value ?? "unknown";
}
