using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using Npgsql;

namespace Crescent.Testing;

/// <summary>
/// One real server for the whole run, on a socket in a temporary folder, started when the first test needs it. It ends
/// with this process, however that ends.
/// </summary>
internal sealed class PostgresServer
{
    const string Install = "apt-get install -y postgresql-15";

    static readonly Lazy<PostgresServer> s_instance = new(() => new PostgresServer());

    readonly Process _shell;
    readonly ConcurrentBag<string> _free = [];
    int _databases;

    PostgresServer()
    {
        _shell = Start(FindBinaries());
        Folder = _shell.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException($"The PostgreSQL server for the tests does not start: {_shell.StandardError.ReadToEnd().Trim()}");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Stop();
    }

    public static PostgresServer Instance => s_instance.Value;

    /// <summary>Where its socket is.</summary>
    public string Folder { get; }

    public UnixDomainSocketEndPoint EndPoint => new(Path.Combine(Folder, ".s.PGSQL.5432"));

    public string ConnectionString(string database) => $"Host={Folder};Username=crescent;Database={database}";

    /// <summary>An empty database of its own for one test.</summary>
    public string TakeDatabase()
    {
        if (_free.TryTake(out var free)) return free;
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        Execute("postgres", $"CREATE DATABASE {name}");
        return name;
    }

    /// <summary>Cuts off whatever is still connected and empties it for the next test: dropping it would take much longer.</summary>
    public void GiveBack(string database)
    {
        Disconnect(database);
        Execute(database, "DROP SCHEMA public CASCADE; CREATE SCHEMA public");
        _free.Add(database);
    }

    /// <summary>Ends every connection to it, in the middle of whatever it does.</summary>
    public void Disconnect(string database) =>
        Execute("postgres", $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'");

    /// <summary>A connection apart from every pool.</summary>
    public NpgsqlConnection Connect(string database)
    {
        var connection = new NpgsqlConnection(ConnectionString(database) + ";Pooling=false;Command Timeout=60");
        connection.Open();
        return connection;
    }

    public void Execute(string database, string sql)
    {
        using var connection = Connect(database);
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    public T Query<T>(string database, string sql)
    {
        using var connection = Connect(database);
        using var command = new NpgsqlCommand(sql, connection);
        return (T)command.ExecuteScalar()!;
    }

    static Process Start(string binaries)
    {
        using var script = new StreamReader(typeof(PostgresServer).Assembly.GetManifestResourceStream("postgres-server.sh")!);
        // The server refuses to run as root.
        string[] user = Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] : [];
        string[] command = [.. user, "sh", "-c", script.ReadToEnd(), "sh", binaries];
        var info = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        return Process.Start(info)!;
    }

    static string FindBinaries()
    {
        if (Installed() is { } found) return found;
        if (Environment.IsPrivilegedProcess && File.Exists("/usr/bin/apt-get"))
        {
            using var install = Process.Start("sh", ["-c", $"DEBIAN_FRONTEND=noninteractive {Install} > /dev/null 2>&1"]);
            install.WaitForExit();
        }

        return Installed() ?? throw new InvalidOperationException($"These tests need a PostgreSQL server of version 15 or newer: install it, for example with '{Install}'.");
    }

    static string? Installed()
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        IEnumerable<string> debian = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(version => Path.Combine(version, "bin"))
            : [];
        return debian.Concat(path).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "postgres")) && File.Exists(Path.Combine(folder, "initdb")));
    }

    void Stop()
    {
        _shell.StandardInput.Close();
        _shell.WaitForExit(TimeSpan.FromSeconds(20));
        _shell.Dispose();
    }
}
