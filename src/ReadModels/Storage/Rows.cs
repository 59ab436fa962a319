namespace Crescent.ReadModels.Storage;

/// <summary>
/// The rows that a batch of events is about, by key: read together before, changed in memory, written together after. A
/// row that many events of a batch change is written once.
/// </summary>
internal sealed class Rows<TRow> where TRow : struct
{
    private readonly Dictionary<string, TRow> _rows = new(StringComparer.Ordinal);
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);

    private Rows() { }

    /// <summary>What is to be written.</summary>
    public IReadOnlyList<TRow> Changed => [.. _changed.Select(key => _rows[key])];

    /// <summary>All that are known here, written before or in this batch.</summary>
    public IEnumerable<string> Keys => _rows.Keys;

    public TRow? this[string key]
    {
        get => _rows.TryGetValue(key, out var row) ? row : null;
        set
        {
            _rows[key] = value!.Value;
            _changed.Add(key);
        }
    }

    /// <param name="sql">What it takes is an array of the keys.</param>
    public static async Task<Rows<TRow>> ReadAsync(
        ViewsDatabase views, ViewSql sql, Func<IRow, TRow> map, Func<TRow, string> key, IEnumerable<string> keys, CancellationToken ct)
    {
        var rows = new Rows<TRow>();
        var wanted = keys.Distinct(StringComparer.Ordinal).ToArray();
        if (wanted.Length == 0) return rows;
        foreach (var row in await views.ReadRowsAsync(sql, map, wanted, ct)) rows._rows[key(row)] = row;
        return rows;
    }
}
