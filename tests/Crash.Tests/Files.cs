using Crescent.Domain.Payments;
using Microsoft.Data.Sqlite;

namespace Crash.Tests;

/// <summary>What stands in the files, read past the host: the provider's ledger and the log.</summary>
internal sealed class Files(string dataFolder)
{
    /// <summary>Entries of the provider's ledger for one order.</summary>
    public long LedgerEntries(string orderId, string kind) => Scalar(
        "payments.db", "select count(*) from entries where payment_key = $key and kind = $kind", ("$key", PaymentKey.Of(orderId).Value), ("$kind", kind));

    /// <summary>All entries of the provider's ledger, also those that no order knows of.</summary>
    public long LedgerEntries(string kind) => Scalar("payments.db", "select count(*) from entries where kind = $kind", ("$kind", kind));

    /// <summary>What is wrong with the log: 0 where positions run from 1 without a gap.</summary>
    public long PositionGaps() => Scalar("crescent.db", "select max(position) - count(*) + min(position) - 1 from events");

    /// <summary>Streams whose versions do not run from 1 without a gap.</summary>
    public long StreamsWithVersionGaps() => Scalar(
        "crescent.db",
        "select count(*) from (select 1 from events group by category, stream_id having min(version) <> 1 or max(version) <> count(*))");

    /// <summary>Event ids that stand in the log more than once.</summary>
    public long DoubledEvents() => Scalar("crescent.db", "select count(*) - count(distinct event_id) from events");

    public void DeleteReadModels()
    {
        SqliteConnection.ClearAllPools();
        foreach (var file in Directory.GetFiles(dataFolder, "views.db*"))
            File.Delete(file);
    }

    private long Scalar(string file, string sql, params (string Name, object Value)[] parameters)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(dataFolder, file)};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value);
        return (long)command.ExecuteScalar()!;
    }
}
