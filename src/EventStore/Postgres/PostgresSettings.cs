using System.Globalization;
using Npgsql;

namespace Crescent.EventStore.Postgres;

/// <summary>
/// What every connection relies on: a commit is flushed before it is answered, statements end in time, and a dead
/// client's locks go within seconds. Set when connecting and asked back, because an operator may have forbidden it.
/// </summary>
static class PostgresSettings
{
    /// <summary>The oldest release this is tested on.</summary>
    const int OldestVersion = 150000;

    const string OnlyByIndex = " -c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_bitmapscan=off -c jit=off";

    static readonly string ReadSettings = SqlText.Load(typeof(PostgresSettings), "ReadSettings");

    public static string ConnectionString(PostgresDatabaseOptions options, bool onlyByIndex)
    {
        var builder = new NpgsqlConnectionStringBuilder(options.ConnectionString)
        {
            MaxPoolSize = options.MaxConnections,
            Timeout = (int)options.ConnectTimeout.TotalSeconds,
            // The server ends a statement first; this is for a server that does not answer at all.
            CommandTimeout = (int)options.StatementTimeout.TotalSeconds + 2,
            CancellationTimeout = 1000,
            MaxAutoPrepare = 50,
            AutoPrepareMinUsages = 2,
            // Nobody changes a connection's session, so there is nothing to reset.
            NoResetOnClose = true,
        };
        builder.ApplicationName ??= "crescent";
        if (builder.KeepAlive == 0) builder.KeepAlive = 10;
        builder.Options = $"{builder.Options} {SessionOptions(options)}{(onlyByIndex ? OnlyByIndex : "")}".Trim();
        return builder.ConnectionString;
    }

    /// <exception cref="PostgresSettingException">A setting does not hold.</exception>
    public static async Task CheckAsync(NpgsqlConnection connection, CancellationToken ct = default)
    {
        await using var command = new NpgsqlCommand(ReadSettings, connection);
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        Check(row);
    }

    /// <inheritdoc cref="CheckAsync"/>
    public static void Check(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(ReadSettings, connection);
        using var row = command.ExecuteReader();
        row.Read();
        Check(row);
    }

    static void Check(NpgsqlDataReader row)
    {
        var version = row.GetInt32(0);
        if (version < OldestVersion)
            throw new PostgresSettingException($"The PostgreSQL server has version {version / 10000}, but {OldestVersion / 10000} or newer is needed.");
        Expect("server_encoding", row.GetString(1), "UTF8", "the database must be created with it");
        Expect("fsync", row.GetString(2), "on", "a crash of the machine would lose what was accepted");
        Expect("full_page_writes", row.GetString(3), "on", "a crash of the machine would tear pages");
        Expect("synchronous_commit", row.GetString(4), "on", "a crash would lose what was accepted");
        Expect("default_transaction_isolation", row.GetString(5), "read committed", "an append must see what was committed while it waited");
    }

    static void Expect(string setting, string actual, string needed, string why)
    {
        if (actual != needed)
            throw new PostgresSettingException($"The PostgreSQL setting {setting} is '{actual}', but '{needed}' is needed: {why}.");
    }

    static string SessionOptions(PostgresDatabaseOptions options) => string.Create(
        CultureInfo.InvariantCulture,
        $@"-c synchronous_commit=on -c default_transaction_isolation=read\ committed -c statement_timeout={options.StatementTimeout.TotalMilliseconds:0} -c idle_in_transaction_session_timeout={options.StatementTimeout.TotalMilliseconds:0} -c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3");
}

/// <summary>The server is set up in a way that would lose or garble events; the message is for whoever runs it.</summary>
public sealed class PostgresSettingException(string message) : Exception(message);
