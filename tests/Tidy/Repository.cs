using System.Diagnostics;
using System.Reflection;

namespace Tidy;

/// <summary>The files of the repository, as git knows them: tracked, or new and not ignored.</summary>
internal static class Repository
{
    private static readonly string[] s_sourceEndings = [".cs", ".ts", ".tsx"];

    public static string Root { get; } = typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "RepositoryRoot").Value!;

    public static IReadOnlyList<RepositoryFile> Files { get; } = List();

    public static IEnumerable<RepositoryFile> Sources => Files.Where(f => s_sourceEndings.Contains(Path.GetExtension(f.Path)));

    public static IEnumerable<RepositoryFile> CSharp => Files.Where(f => f.Path.EndsWith(".cs", StringComparison.Ordinal));

    public static IEnumerable<RepositoryFile> Projects => Files.Where(f => f.Path.EndsWith(".csproj", StringComparison.Ordinal));

    private static List<RepositoryFile> List()
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["ls-files", "--cached", "--others", "--exclude-standard"])
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
        })!;
        var paths = git.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        return [.. paths.Where(p => File.Exists(Path.Combine(Root, p))).Select(p => new RepositoryFile(p))];
    }
}

/// <summary>One file; <c>Path</c> is relative to the root, with forward slashes.</summary>
internal sealed record RepositoryFile(string Path)
{
    private readonly Lazy<string> _text = new(() => File.ReadAllText(System.IO.Path.Combine(Repository.Root, Path)));

    public string Text => _text.Value;

    public IEnumerable<(int Number, string Line)> Lines => Text.Split('\n').Select((line, i) => (i + 1, line));

    public int LineCount => Text.Count(c => c == '\n');

    public override string ToString() => Path;
}
