using System.Globalization;
using Crescent.Providers.Sandbox;
using Microsoft.Data.Sqlite;

namespace Crescent.Providers.Payments.Sandbox;

/// <summary>The ledger's prepared statements. Amounts are text, because SQLite has no decimal.</summary>
internal sealed class LedgerStatements(SqliteConnection connection) : IDisposable
{
    private readonly SqliteCommand _read = SandboxSql.Prepare(connection, Load("ReadPayment"), "$payment_key");
    private readonly SqliteCommand _write = SandboxSql.Prepare(connection, Load("WritePayment"),
        "$payment_key", "$state", "$amount", "$currency", "$token", "$attempts", "$reason", "$capture_due");
    private readonly SqliteCommand _addEntry = SandboxSql.Prepare(connection, Load("AddEntry"),
        "$payment_key", "$kind", "$amount", "$currency", "$recorded_at");
    private readonly SqliteCommand _readEntries = SandboxSql.Prepare(connection, Load("ReadEntries"));
    private readonly SqliteCommand _due = SandboxSql.Prepare(connection, Load("ReadDueCaptures"), "$now", "$limit");
    private readonly SqliteCommand _nextDue = SandboxSql.Prepare(connection, Load("NextDueCapture"));

    public LedgerPayment? Find(string key)
    {
        SandboxSql.Bind(_read, key);
        using var row = _read.ExecuteReader();
        if (!row.Read()) return null;
        return new LedgerPayment(
            key,
            Enum.Parse<LedgerState>(row.GetString(0), ignoreCase: true),
            row.IsDBNull(1) ? null : Amount(row.GetString(1)),
            Text(row, 2),
            Text(row, 3),
            row.GetInt32(4),
            Text(row, 5),
            row.IsDBNull(6) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(6)));
    }

    public void Write(LedgerPayment payment)
    {
        SandboxSql.Bind(_write, payment.Key, Name(payment.State), Text(payment.Amount), payment.Currency, payment.Token,
            payment.Attempts, payment.Reason, payment.CaptureDue?.ToUnixTimeMilliseconds());
        _write.ExecuteNonQuery();
    }

    public void AddEntry(LedgerPayment payment, LedgerEntryKind kind, DateTimeOffset at)
    {
        SandboxSql.Bind(_addEntry, payment.Key, kind == LedgerEntryKind.Capture ? "capture" : "refund",
            Text(payment.Amount), payment.Currency, at.ToString("O", CultureInfo.InvariantCulture));
        _addEntry.ExecuteNonQuery();
    }

    public List<LedgerEntry> ReadEntries()
    {
        using var row = _readEntries.ExecuteReader();
        var entries = new List<LedgerEntry>();
        while (row.Read())
            entries.Add(new LedgerEntry(row.GetInt64(0), row.GetString(1), Enum.Parse<LedgerEntryKind>(row.GetString(2), ignoreCase: true),
                Amount(row.GetString(3)), row.GetString(4), DateTimeOffset.Parse(row.GetString(5), CultureInfo.InvariantCulture)));
        return entries;
    }

    /// <summary>Keys of late captures that are due, the longest due first.</summary>
    public List<string> ReadDue(DateTimeOffset now, int limit)
    {
        SandboxSql.Bind(_due, now.ToUnixTimeMilliseconds(), limit);
        using var row = _due.ExecuteReader();
        var keys = new List<string>();
        while (row.Read())
            keys.Add(row.GetString(0));
        return keys;
    }

    public DateTimeOffset? NextDue() =>
        _nextDue.ExecuteScalar() is long due ? DateTimeOffset.FromUnixTimeMilliseconds(due) : null;

    public void Dispose()
    {
        foreach (var command in (ReadOnlySpan<SqliteCommand>)[_read, _write, _addEntry, _readEntries, _due, _nextDue])
            command.Dispose();
    }

    private static string Load(string name) => SandboxSql.Load(typeof(LedgerStatements), name);

    private static string Name(LedgerState state) => state switch
    {
        LedgerState.Open => "open",
        LedgerState.Late => "late",
        LedgerState.Captured => "captured",
        LedgerState.Declined => "declined",
        LedgerState.Cancelled => "cancelled",
        LedgerState.Refunded => "refunded",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    private static string? Text(decimal? amount) => amount?.ToString(CultureInfo.InvariantCulture);

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static decimal Amount(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
