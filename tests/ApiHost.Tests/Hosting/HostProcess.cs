using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Crescent.ApiHost.Composition;

namespace Crescent.ApiHost.Tests.Hosting;

/// <summary>The built host as a process of its own.</summary>
public sealed class HostProcess : IAsyncDisposable
{
    static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    readonly Process _process;

    HostProcess(Process process) => _process = process;

    public static HostProcess Start(string folder, string url = "http://127.0.0.1:0", params string[] settings) =>
        Run(["--urls=" + url, $"--Crescent:DataFolder={folder}", .. settings]);

    /// <summary>The program with these arguments alone.</summary>
    public static HostProcess Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["ASPNETCORE_ENVIRONMENT"] = "Development" },
        };
        start.ArgumentList.Add(typeof(CrescentHost).Assembly.Location);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return new HostProcess(Process.Start(start)!);
    }

    /// <summary>Pastes a line into a shell and reads the JSON it prints.</summary>
    public static async Task<JsonNode> PasteAsync(string line)
    {
        using var shell = Process.Start(new ProcessStartInfo("bash", ["-c", line]) { RedirectStandardOutput = true })!;
        var output = await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken).WaitAsync(Bound);
        return JsonNode.Parse(output)!;
    }

    /// <summary>What is printed up to the line that places an order.</summary>
    public async Task<string> ReadFirstScreenAsync()
    {
        var screen = new StringBuilder();
        while (await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Bound) is { } line)
        {
            screen.Append(line).Append('\n');
            if (line.StartsWith("curl ", StringComparison.Ordinal))
                return screen.ToString();
        }

        Assert.Fail($"The host ended instead: {screen}{await _process.StandardError.ReadToEndAsync()}");
        throw new UnreachableException();
    }

    /// <summary>Asks it to stop, as an operator does, and answers its exit code.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        return (await EndAsync()).ExitCode;
    }

    /// <summary>Waits for the process to end by itself.</summary>
    public async Task<(int ExitCode, string Output, string Error)> EndAsync()
    {
        var output = _process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = _process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Bound);
        return (_process.ExitCode, await output, await error);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
