using Crescent.Providers.Sandbox;
using Microsoft.Data.Sqlite;

namespace Crescent.Providers.Carriers.Sandbox;

/// <summary>What the sandbox knows of one order; a booking that was cancelled before it came has no number.</summary>
internal sealed record Parcel(string OrderId, string? TrackingNumber, bool IsCancelled);

/// <summary>The carrier sandbox's prepared statements.</summary>
internal sealed class ParcelStatements(SqliteConnection connection) : IDisposable
{
    private readonly SqliteCommand _read = SandboxSql.Prepare(connection, Load("ReadParcel"), "$order_id");
    private readonly SqliteCommand _write = SandboxSql.Prepare(connection, Load("WriteParcel"), "$order_id", "$tracking_number", "$cancelled");

    public static string CreateSchema { get; } = Load("CreateSchema");

    public Parcel? Find(string orderId)
    {
        SandboxSql.Bind(_read, orderId);
        using var row = _read.ExecuteReader();
        return row.Read() ? new Parcel(orderId, row.IsDBNull(0) ? null : row.GetString(0), row.GetBoolean(1)) : null;
    }

    public void Write(Parcel parcel)
    {
        SandboxSql.Bind(_write, parcel.OrderId, parcel.TrackingNumber, parcel.IsCancelled ? 1 : 0);
        _write.ExecuteNonQuery();
    }

    public void Dispose()
    {
        _read.Dispose();
        _write.Dispose();
    }

    private static string Load(string name) => SandboxSql.Load(typeof(ParcelStatements), name);
}
