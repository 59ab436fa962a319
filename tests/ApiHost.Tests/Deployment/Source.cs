using System.Reflection;

namespace Crescent.ApiHost.Tests.Deployment;

/// <summary>Files of the repository.</summary>
internal static class Source
{
    public static string Root { get; } = typeof(Source).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static bool Exists(string path) => File.Exists(Path.Combine(Root, path));
}
