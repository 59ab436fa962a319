using Npgsql;

namespace Crescent.Testing;

/// <summary>Compares the read models and analytics of two schemas of a database, row by row.</summary>
internal static class ViewsComparison
{
    private const int Examples = 3;

    /// <summary>Columns of each table; what is encrypted with a new nonce each time counts by whether it is there.</summary>
    private static readonly (string Table, string Columns)[] s_tables =
    [
        ("user_views", "created_position, user_id, status, email IS NULL, name IS NULL, created_at, updated_at, version"),
        ("user_words", "word, created_position"),
        ("product_views", "created_position, product_id, name, price, currency, available, reserved, created_at, updated_at, version"),
        ("product_search", "created_position, words"),
        ("order_views", "created_position, order_id, user_id, user_name IS NULL, status, items, total, currency, reason, created_at, updated_at, version"),
        ("order_stock_events", "order_id, position"),
        ("saga_views", "created_position, order_id, user_id, status, step, tries, failure, reason, retry_at, started_at, updated_at, version"),
        ("due_items", "kind, owner, item, due_at"),
        ("analytics_buckets", "metric, size, starts_at, dimension, value"),
    ];

    /// <summary>A line per table that differs, with some of the rows; none if everything is equal.</summary>
    public static async Task<List<string>> CompareAsync(NpgsqlConnection connection, string left, string right, CancellationToken ct)
    {
        var differences = new List<string>();
        foreach (var (table, columns) in s_tables)
        {
            var onlyLeft = await OnlyInAsync(connection, $"{left}.{table}", $"{right}.{table}", columns, ct);
            var onlyRight = await OnlyInAsync(connection, $"{right}.{table}", $"{left}.{table}", columns, ct);
            if (onlyLeft.Count + onlyRight.Count == 0) continue;
            differences.Add($"{table}: {onlyLeft.Count} rows only in {left}, {onlyRight.Count} only in {right}, such as {string.Join(" | ", onlyLeft.Take(Examples).Concat(onlyRight.Take(Examples)))}");
        }

        return differences;
    }

    private static async Task<List<string>> OnlyInAsync(NpgsqlConnection connection, string table, string other, string columns, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"SELECT d::text FROM (SELECT {columns} FROM {table} EXCEPT ALL SELECT {columns} FROM {other}) AS d", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<string>();
        while (await reader.ReadAsync(ct)) rows.Add(reader.GetString(0));
        return rows;
    }
}
