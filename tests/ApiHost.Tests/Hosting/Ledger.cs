using System.Globalization;
using Crescent.Domain.Payments;
using Microsoft.Data.Sqlite;

namespace Crescent.ApiHost.Tests.Hosting;

/// <summary>The payment provider's own books, read from its file and not through Crescent.</summary>
internal sealed class Ledger(IReadOnlyList<Ledger.Entry> entries)
{
    public IReadOnlyList<Entry> Entries => entries;

    public static Ledger Of(RunningCrescent host)
    {
        var file = new SqliteConnectionStringBuilder
        {
            DataSource = host.PaymentsFile,
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        };
        using var connection = new SqliteConnection(file.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT payment_key, kind, amount FROM entries ORDER BY entry_no";
        using var reader = command.ExecuteReader();
        var entries = new List<Entry>();
        while (reader.Read())
            entries.Add(new Entry(reader.GetString(0), reader.GetString(1) == "capture", decimal.Parse(reader.GetString(2), CultureInfo.InvariantCulture)));
        return new Ledger(entries);
    }

    /// <summary>Checks how often the order's money was taken and what is left of it.</summary>
    /// <param name="captures">Null where both none and one are right, since it depends on who was faster.</param>
    public void ExpectNet(string orderId, int? captures, decimal net)
    {
        var own = entries.Where(entry => entry.Key == PaymentKey.Of(orderId).Value).ToArray();
        var captured = own.Count(entry => entry.IsCapture);
        if (captures is { } expected)
            Assert.Equal(expected, captured);
        Assert.InRange(captured, 0, 1);
        Assert.Equal(net, own.Sum(entry => entry.IsCapture ? entry.Amount : -entry.Amount));
    }

    public sealed record Entry(string Key, bool IsCapture, decimal Amount);
}
