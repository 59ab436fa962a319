using System.Diagnostics;
using Crescent.Silo.Clustered;

namespace Crescent.Silo.Tests.Clustered;

/// <summary>The built silo as a process of its own, which is expected not to start.</summary>
internal static class SiloProcess
{
    static readonly TimeSpan s_bound = TimeSpan.FromSeconds(60);

    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(SiloHost).Assembly.Location, "--urls=http://127.0.0.1:0", .. settings])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DOTNET_gcServer"] = "0" },
        };
        using var process = Process.Start(start)!;
        var ct = TestContext.Current.CancellationToken;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(ct);
            var error = process.StandardError.ReadToEndAsync(ct);
            await process.WaitForExitAsync(ct).WaitAsync(s_bound, ct);
            return (process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }
}
