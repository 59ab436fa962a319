using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using Crescent.ApiHost.Composition;
using Npgsql;

namespace Crescent.Cluster.Tests.Clusters;

/// <summary>
/// A cluster of real processes, started and controlled through <c>./cluster</c>. Each silo reaches PostgreSQL through a
/// proxy of its own that can break. Whatever becomes of this process, the cluster ends with it.
/// </summary>
internal sealed partial class LocalCluster : IAsyncDisposable
{
    public static readonly string[] Silos = ["silo-1", "silo-2", "silo-3"];
    public static readonly string[] ApiHosts = ["api-1", "api-2"];

    const int PortCount = 40;
    const int PostgresOffset = 6;
    const int SiloPortOffset = 21;
    const int SigContinue = 18;
    const int SigStop = 19;

    readonly string _home;
    readonly string _password = Guid.CreateVersion7().ToString("N");
    readonly int _basePort;
    readonly ClusterScript _script;
    readonly System.Diagnostics.Process _keeper;
    readonly Dictionary<string, CutProxy> _proxies;

    /// <param name="folder">Everything of the cluster is in here.</param>
    LocalCluster(string folder, int basePort)
    {
        (_home, _basePort) = (Path.Combine(folder, "home"), basePort);
        Directory.CreateDirectory(Path.Combine(_home, "logs"));
        File.WriteAllText(Path.Combine(_home, "postgres.password"), _password);
        // PostgreSQL's own user may not enter the home.
        _script = new ClusterScript(_home, Path.Combine(folder, "postgres"), basePort);
        _keeper = _script.StartKeeper(folder);
        _proxies = Silos.ToDictionary(silo => silo, _ => new CutProxy(new IPEndPoint(IPAddress.Loopback, basePort + PostgresOffset)));
    }

    public Uri Balancer => Address(0);

    /// <summary>Straight to PostgreSQL, past the proxies.</summary>
    public string ConnectionString => ConnectionStringAt(_basePort + PostgresOffset);

    public string SecretsFile => Path.Combine(_home, "secrets.json");

    public string PaymentsFile => Path.Combine(_home, "sandbox", "payments.db");

    public static async Task<LocalCluster> StartAsync(IReadOnlyDictionary<string, string> settings)
    {
        var cluster = new LocalCluster(Path.Combine(Path.GetTempPath(), "crescent-cluster-" + Guid.CreateVersion7().ToString("N")[^12..]), FreeRange());
        try
        {
            await cluster.ConfigureAsync(settings);
            foreach (var silo in Silos)
                await cluster.ConfigureAsync(silo, new Dictionary<string, string>());
            await cluster._script.RunAsync("up");
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Settings of all parts, from their next start on.</summary>
    public Task ConfigureAsync(IReadOnlyDictionary<string, string> settings) => ConfigureAsync("all", settings);

    /// <summary>Settings of one part beside those of all, from its next start on.</summary>
    public Task ConfigureAsync(string part, IReadOnlyDictionary<string, string> settings)
    {
        var own = new Dictionary<string, string>(settings);
        if (_proxies.TryGetValue(part, out var proxy))
            own["Crescent:Postgres:ConnectionString"] = ConnectionStringAt(proxy.Port);
        return File.WriteAllLinesAsync(SettingsFile(part), own.Select(setting => $"{setting.Key.Replace(":", "__", StringComparison.Ordinal)}={setting.Value}"));
    }

    /// <summary>Where an API host itself answers.</summary>
    public Uri ApiHost(string name) => Address(1 + Array.IndexOf(ApiHosts, name));

    /// <summary>Where a silo says how it is.</summary>
    public Uri Silo(string name) => Address(11 + Array.IndexOf(Silos, name));

    public CutProxy Proxy(string silo) => _proxies[silo];

    public string Log(string part) => Path.Combine(_home, "logs", part + ".log");

    public Task StartAsync(string part, bool wait = true) => wait ? _script.RunAsync("start", part) : _script.RunAsync("start", part, "--no-wait");

    public Task StopAsync(string part) => _script.RunAsync("stop", part);

    /// <summary>SIGKILL; PostgreSQL stops in immediate mode, as if it had crashed.</summary>
    public Task KillAsync(string part) => _script.RunAsync("kill", part);

    /// <summary>SIGKILL to all silos that run.</summary>
    public Task KillSilosAsync() => Task.WhenAll(Silos.Where(silo => ProcessOf(silo) is not null).Select(KillAsync));

    /// <summary>Makes it whole, whatever an earlier test did to it: everything runs, is ready, and reaches PostgreSQL.</summary>
    public async Task HealAsync()
    {
        foreach (var proxy in _proxies.Values)
            proxy.Heal();
        foreach (var silo in Silos)
            Thaw(silo);
        await UpAsync();
    }

    /// <summary>A silo that the others have given up may end just when it was found running: then it is started with the next try.</summary>
    async Task UpAsync(int tries = 3)
    {
        try
        {
            await _script.RunAsync("up");
        }
        catch (InvalidOperationException) when (tries > 1)
        {
            await UpAsync(tries - 1);
        }
    }

    public void Freeze(string part) => Signal(part, SigStop);

    public void Thaw(string part) => Signal(part, SigContinue);

    /// <summary>The id of the part's process, or null while it does not run.</summary>
    public int? ProcessOf(string part)
    {
        var file = Path.Combine(_home, "run", part + ".pid");
        try
        {
            var words = File.ReadAllText(file).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            return words.Length > 0 && int.TryParse(words[0], CultureInfo.InvariantCulture, out var id) && IsAlive(id) ? id : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The silo that the others reach at this port.</summary>
    public string SiloAt(int port) => Silos[port - _basePort - SiloPortOffset];

    /// <summary>The silo whose process this is.</summary>
    public string? SiloOf(int processId) => Silos.FirstOrDefault(silo => ProcessOf(silo) == processId);

    /// <summary>A connection apart from every pool.</summary>
    public async Task<NpgsqlConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false;Command Timeout=60");
        await connection.OpenAsync();
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        KeepLogs();
        _keeper.StandardInput.Close();
        await _keeper.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        _keeper.Dispose();
        foreach (var proxy in _proxies.Values)
            await proxy.DisposeAsync();
    }

    /// <summary>For whoever looks into a failed run.</summary>
    void KeepLogs()
    {
        var kept = Path.Combine(ClusterScript.Repository, "artifacts", "cluster-logs");
        Directory.CreateDirectory(kept);
        foreach (var log in new DirectoryInfo(Path.Combine(_home, "logs")).EnumerateFiles())
            log.CopyTo(Path.Combine(kept, log.Name), overwrite: true);
    }

    string ConnectionStringAt(int port) => $"Host=127.0.0.1;Port={port};Username=crescent;Password={_password};Database=crescent";

    string SettingsFile(string part) => Path.Combine(_home, part + ".env");

    Uri Address(int offset) => new($"http://127.0.0.1:{_basePort + offset}");

    void Signal(string part, int signal)
    {
        if (ProcessOf(part) is { } id && Kill(id, signal) != 0)
            throw new InvalidOperationException($"{part} (process {id}) cannot be sent signal {signal}.");
    }

    /// <summary>A process that ended and was not waited for is a zombie, which kill(2) still finds.</summary>
    static bool IsAlive(int processId)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{processId}/stat");
            return stat[stat.LastIndexOf(')') + 2] is not 'Z' and not 'X';
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>A range of ports below those that the system gives to outgoing connections.</summary>
    static int FreeRange()
    {
        for (var tries = 0; tries < 100; tries++)
        {
            var first = Random.Shared.Next(200, 600) * 50;
            if (Enumerable.Range(first, PortCount).All(FreePorts.IsFree))
                return first;
        }

        throw new InvalidOperationException($"There are no {PortCount} free ports in a row.");
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);
}
