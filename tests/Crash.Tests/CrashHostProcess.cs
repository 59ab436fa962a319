using System.Diagnostics;
using System.Reflection;
using System.Threading.Channels;

namespace Crash.Tests;

/// <summary>The crash host as a process of its own, driven over its standard input.</summary>
internal sealed class CrashHostProcess : IAsyncDisposable
{
    private const int KilledExitCode = 128 + 9;
    private const string AnswerPrefix = "crash-host: ";
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(60);
    private static readonly string s_program = typeof(CrashHostProcess).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "CrashHost").Value!;

    private readonly Process _process;
    private readonly Channel<string> _answers = Channel.CreateUnbounded<string>();
    private readonly List<string> _output = [];

    private CrashHostProcess(Process process) => _process = process;

    public string Url { get; private set; } = "";

    public string CustomerToken { get; private set; } = "";

    public string AdminToken { get; private set; } = "";

    public static async Task<CrashHostProcess> StartAsync(string dataFolder)
    {
        var start = new ProcessStartInfo("dotnet", [s_program, "--urls", "http://127.0.0.1:0", "--Crescent:DataFolder", dataFolder])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment.Remove("ASPNETCORE_URLS");
        var host = new CrashHostProcess(Process.Start(start)!);
        host._process.OutputDataReceived += (_, e) => host.Receive(e.Data);
        host._process.ErrorDataReceived += (_, e) => host.Receive(e.Data);
        host._process.BeginOutputReadLine();
        host._process.BeginErrorReadLine();
        host.Url = (await host.AnswerAsync()).Split(' ')[1];
        return host;
    }

    /// <summary>Sends a command and returns its one-line answer.</summary>
    public async Task<string> CommandAsync(string command)
    {
        await _process.StandardInput.WriteLineAsync(command);
        return await AnswerAsync();
    }

    /// <summary>The points recorded so far.</summary>
    public async Task<IReadOnlyList<string>> PointsAsync()
    {
        var points = new List<string>();
        for (var answer = await CommandAsync("points"); answer != "end"; answer = await AnswerAsync())
            points.Add(answer["point ".Length..]);
        return points;
    }

    /// <summary>Waits until the process has been ended by SIGKILL.</summary>
    public async Task WaitUntilKilledAsync(string point)
    {
        using var bound = new CancellationTokenSource(s_bound);
        try
        {
            await _process.WaitForExitAsync(bound.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"'{point}' was never reached.\n{Output}");
        }
        Assert.True(_process.ExitCode == KilledExitCode, $"At '{point}' the host ended with {_process.ExitCode} instead of being killed.\n{Output}");
    }

    /// <summary>Ends the host gracefully, as its standard input does when it closes.</summary>
    public async Task StopAsync()
    {
        _process.StandardInput.Close();
        using var bound = new CancellationTokenSource(s_bound);
        await _process.WaitForExitAsync(bound.Token);
        Assert.True(_process.ExitCode == 0, $"The host ended with {_process.ExitCode}.\n{Output}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }
        _process.Dispose();
    }

    private string Output
    {
        get
        {
            lock (_output)
                return string.Join('\n', _output);
        }
    }

    private async Task<string> AnswerAsync()
    {
        using var bound = new CancellationTokenSource(s_bound);
        try
        {
            return await _answers.Reader.ReadAsync(bound.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or ChannelClosedException)
        {
            throw new InvalidOperationException($"The host gave no answer.\n{Output}", e);
        }
    }

    private void Receive(string? line)
    {
        if (line is null)
        {
            if (_process.HasExited)
                _answers.Writer.TryComplete();
            return;
        }
        lock (_output)
            _output.Add(line);
        if (line.StartsWith(AnswerPrefix, StringComparison.Ordinal))
            _answers.Writer.TryWrite(line[AnswerPrefix.Length..]);
        else if (line.TrimStart().Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is ["customer", var customer])
            CustomerToken = customer;
        else if (line.TrimStart().Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is ["admin", var admin])
            AdminToken = admin;
    }
}
