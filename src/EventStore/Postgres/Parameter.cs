using Npgsql;
using NpgsqlTypes;

namespace Crescent.EventStore.Postgres;

/// <summary>Positional parameters of the types that the store uses.</summary>
static class Parameter
{
    public static NpgsqlParameter Of<T>(T value) => new NpgsqlParameter<T> { TypedValue = value };

    public static NpgsqlParameter Text(string? value) => new() { NpgsqlDbType = NpgsqlDbType.Text, Value = (object?)value ?? DBNull.Value };

    public static NpgsqlParameter Json(ReadOnlyMemory<byte> utf8) => new NpgsqlParameter<ReadOnlyMemory<byte>> { NpgsqlDbType = NpgsqlDbType.Json, TypedValue = utf8 };
}
