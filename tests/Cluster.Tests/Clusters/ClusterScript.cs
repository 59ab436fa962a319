using System.Diagnostics;
using System.Reflection;

namespace Crescent.Cluster.Tests.Clusters;

/// <summary>The repository's <c>./cluster</c>, run for one cluster apart from any other on this machine.</summary>
internal sealed class ClusterScript
{
    static readonly TimeSpan Bound = TimeSpan.FromMinutes(3);

    readonly Dictionary<string, string> _environment;

    /// <param name="home">The folder of the cluster's state.</param>
    /// <param name="postgres">The folder of its PostgreSQL.</param>
    /// <param name="basePort">The first of its ports.</param>
    public ClusterScript(string home, string postgres, int basePort) => _environment = new()
    {
        ["CRESCENT_CLUSTER_HOME"] = home,
        ["CRESCENT_CLUSTER_POSTGRES"] = postgres,
        ["CRESCENT_CLUSTER_PORTS"] = basePort.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["CRESCENT_CLUSTER_BUILD"] = "no",
        ["CRESCENT_CLUSTER_CONFIGURATION"] = Metadata("Configuration"),
        ["ORLEANS_SOURCE"] = Metadata("OrleansSource"),
    };

    /// <summary>Which engine the cluster runs on: that of this build.</summary>
    public static string Engine => Metadata("OrleansSource");

    public static string Repository => Metadata("RepositoryRoot");

    /// <summary>Runs a command of the script.</summary>
    /// <returns>What it printed.</returns>
    public async Task<string> RunAsync(params string[] command)
    {
        using var process = Start(command);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Bound);
        return process.ExitCode == 0
            ? await output.WaitAsync(Bound)
            : throw new InvalidOperationException($"./cluster {string.Join(' ', command)} failed: {await error.WaitAsync(Bound)}{await output.WaitAsync(Bound)}");
    }

    /// <summary>Starts the shell that ends the cluster when this process ends.</summary>
    public Process StartKeeper(string folder)
    {
        using var script = new StreamReader(typeof(ClusterScript).Assembly.GetManifestResourceStream("cluster-keeper.sh")!);
        return Start(new ProcessStartInfo("sh", ["-c", script.ReadToEnd(), "cluster-keeper.sh", File, folder]) { RedirectStandardInput = true });
    }

    static string File => Path.Combine(Repository, "cluster");

    Process Start(string[] command) =>
        Start(new ProcessStartInfo(File, command) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true });

    Process Start(ProcessStartInfo start)
    {
        start.WorkingDirectory = Repository;
        foreach (var (name, value) in _environment)
            start.Environment[name] = value;
        // Otherwise what this test run was given would reach the parts, and the other engine's setting win.
        foreach (var name in start.Environment.Keys.Where(name => name is "OrleansSource" or "ASPNETCORE_URLS" || name.StartsWith("Crescent__", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        return Process.Start(start)!;
    }

    static string Metadata(string key) => typeof(ClusterScript).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
