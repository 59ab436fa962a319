using Crescent.EventStore.Sqlite;

namespace Crescent.ReadModels.Storage.Sqlite;

internal sealed class SqliteRow(SqliteStatement statement) : IRow
{
    public string String(int column) => statement.GetString(column);

    public string? StringOrNull(int column) => statement.GetStringOrNull(column);

    public int Int32(int column) => statement.GetInt32(column);

    public long Int64(int column) => statement.GetInt64(column);

    public decimal Decimal(int column) => statement.GetDecimal(column);

    public DateTimeOffset Time(int column) => statement.GetTime(column);

    public DateTimeOffset? TimeOrNull(int column) => statement.GetTimeOrNull(column);

    public Guid Guid(int column) => statement.GetGuid(column);
}
