using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Benchmarks.Engine;

/// <summary>A silo in a process of its own: this program again. It ends with its standard input, so never outlives its parent.</summary>
internal sealed class SiloProcess : IDisposable
{
    /// <summary>The program's first argument that makes it one; a number follows.</summary>
    public const string Argument = "silo";

    private const int FirstSiloPort = 41111;
    private const int FirstGatewayPort = 41211;
    private const string Ready = "ready";
    private readonly Process _process;

    private SiloProcess(Process process) => _process = process;

    /// <summary>Starts silo <paramref name="number"/> of the cluster; 0 is the primary and comes first.</summary>
    public static async Task<SiloProcess> StartAsync(int number)
    {
        var program = Environment.ProcessPath!;
        var start = new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
            start.ArgumentList.Add(typeof(SiloProcess).Assembly.Location);
        start.ArgumentList.Add(Argument);
        start.ArgumentList.Add(number.ToString(CultureInfo.InvariantCulture));
        var process = new SiloProcess(Process.Start(start)!);
        if (await process._process.StandardOutput.ReadLineAsync() != Ready)
        {
            process.Dispose();
            throw new InvalidOperationException($"Silo {number} did not start; what it wrote stands above.");
        }

        return process;
    }

    /// <summary>What the other process runs.</summary>
    public static async Task RunAsync(int number)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.UseOrleans(silo => silo.UseLocalhostClustering(
            FirstSiloPort + number, FirstGatewayPort + number, number == 0 ? null : new IPEndPoint(IPAddress.Loopback, FirstSiloPort)));
        using var host = builder.Build();
        await host.StartAsync();
        Console.WriteLine(Ready);
        await Console.In.ReadToEndAsync();
        await host.StopAsync();
    }

    /// <summary>A client in this process, connected to the primary's gateway.</summary>
    public static async Task<IHost> ConnectAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.UseOrleansClient(client => client.UseLocalhostClustering(FirstGatewayPort));
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
