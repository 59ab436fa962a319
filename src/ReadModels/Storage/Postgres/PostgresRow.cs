using Npgsql;

namespace Crescent.ReadModels.Storage.Postgres;

internal sealed class PostgresRow(NpgsqlDataReader reader) : IRow
{
    public string String(int column) => reader.GetString(column);

    public string? StringOrNull(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    public int Int32(int column) => reader.GetInt32(column);

    public long Int64(int column) => reader.GetInt64(column);

    public decimal Decimal(int column) => reader.GetDecimal(column);

    public DateTimeOffset Time(int column) => reader.GetFieldValue<DateTimeOffset>(column);

    public DateTimeOffset? TimeOrNull(int column) => reader.IsDBNull(column) ? null : Time(column);

    public Guid Guid(int column) => reader.GetGuid(column);
}
