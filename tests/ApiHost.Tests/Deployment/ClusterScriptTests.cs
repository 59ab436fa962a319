using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Crescent.ApiHost.Tests.Deployment;

/// <summary>What <c>./cluster</c> says where it starts nothing.</summary>
public sealed class ClusterScriptTests : IDisposable
{
    static readonly TimeSpan s_bound = TimeSpan.FromSeconds(30);

    readonly TempFolder _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Status_WhereNothingRuns_NamesEachPartAsStopped()
    {
        var (exitCode, output, _) = await RunAsync("5080", "status", "--json");

        Assert.Equal(1, exitCode);
        var parts = JsonNode.Parse(output)!.AsArray();
        Assert.Equal(
            ["postgres", "sandbox", "silo-1", "silo-2", "silo-3", "api-1", "api-2", "balancer"], parts.Select(part => (string?)part!["name"]));
        Assert.All(parts, part => Assert.Equal("stopped", (string?)part!["state"]));
    }

    [Fact]
    public async Task Down_WhereNothingRuns_IsHarmless() => Assert.Equal(0, (await RunAsync("5080", "down")).ExitCode);

    [Fact]
    public Task Start_OfAPartThatIsNone_NamesThoseThereAre() => ExpectRefusalAsync(["silo-9", "silo-1"], "5080", "start", "silo-9");

    [Fact]
    public Task Kill_OfAPartThatDoesNotRun_SaysSo() => ExpectRefusalAsync(["silo-1 does not run"], "5080", "kill", "silo-1");

    [Fact]
    public Task Ports_ThatAreNoNumber_AreRefused() => ExpectRefusalAsync(["CRESCENT_CLUSTER_PORTS", "many"], "many", "status");

    [Fact]
    public async Task Start_OnAPortThatIsTaken_NamesItAndThePart()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        // The first port is api-1's less one.
        await ExpectRefusalAsync([$"{port}", "api-1", "CRESCENT_CLUSTER_PORTS"], (port - 1).ToString(CultureInfo.InvariantCulture), "start", "api-1");
    }

    [Fact]
    public async Task Status_OfAProcessNumberThatBelongsToAnother_IsDeadAndNeverTouchesIt()
    {
        Directory.CreateDirectory(_home.File("run"));
        // This very process, under a start time that is not its own.
        await File.WriteAllTextAsync(_home.File("run/silo-1.pid"), $"{Environment.ProcessId} 1\n", TestContext.Current.CancellationToken);

        var (_, output, _) = await RunAsync("5080", "status", "--json");
        await ExpectRefusalAsync(["silo-1 does not run"], "5080", "kill", "silo-1");

        Assert.Equal("dead", (string?)JsonNode.Parse(output)!.AsArray().Single(part => (string?)part!["name"] == "silo-1")!["state"]);
    }

    async Task ExpectRefusalAsync(string[] named, string ports, params string[] arguments)
    {
        var (exitCode, _, error) = await RunAsync(ports, arguments);

        Assert.Equal(1, exitCode);
        var sentence = Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.EndsWith(".", sentence, StringComparison.Ordinal);
        Assert.All(named, name => Assert.Contains(name, sentence, StringComparison.Ordinal));
    }

    async Task<(int ExitCode, string Output, string Error)> RunAsync(string ports, params string[] arguments)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(Source.Root, "cluster"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["CRESCENT_CLUSTER_HOME"] = _home.Path, ["CRESCENT_CLUSTER_PORTS"] = ports },
        };
        using var process = Process.Start(start)!;
        var ct = TestContext.Current.CancellationToken;
        var output = process.StandardOutput.ReadToEndAsync(ct);
        var error = process.StandardError.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct).WaitAsync(s_bound, ct);
        return (process.ExitCode, await output, await error);
    }
}
