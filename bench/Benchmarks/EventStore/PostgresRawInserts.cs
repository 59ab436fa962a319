using Npgsql;
using NpgsqlTypes;

namespace Benchmarks.EventStore;

/// <summary>The least that PostgreSQL must do to keep the same rows: no checks, no queue, no serialization.</summary>
internal sealed class PostgresRawInserts(string connectionString) : IAsyncDisposable
{
    private const int Streams = 1024;
    private const string Columns = "position, stream, version, category, stream_id, type, schema_version, event_id, batch_id, command_id, command_index, correlation_id, causation_id, traceparent, time, subject_id, data";

    private const string One = $"INSERT INTO events ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";
    private const string Many = $"INSERT INTO events ({Columns}) SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";
    private const string MoveHead = "UPDATE log_head SET position = position + $1";

    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(connectionString + ";Maximum Pool Size=50");
    private long _position;

    /// <summary>One row per commit, by several writers at once.</summary>
    public Task InsertAsync(int count, int writers) => Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(async () =>
    {
        await using var connection = await _source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(One, connection);
        Add(command.Parameters);
        await command.PrepareAsync();
        for (var i = 0; i < count / writers; i++)
        {
            Bind(command.Parameters, Interlocked.Increment(ref _position));
            await command.ExecuteNonQueryAsync();
        }
    })));

    /// <summary>Several rows per commit, as arrays, one commit after the other; with or without moving the log's head first.</summary>
    public async Task InsertSelectAsync(int count, int perCommit, bool moveHead)
    {
        await using var connection = await _source.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection);
        if (moveHead) batch.BatchCommands.Add(new NpgsqlBatchCommand(MoveHead) { Parameters = { new NpgsqlParameter<long> { TypedValue = perCommit } } });
        var insert = new NpgsqlBatchCommand(Many);
        batch.BatchCommands.Add(insert);
        var rows = new PostgresRawRows(perCommit);
        rows.AddTo(insert.Parameters);
        await batch.PrepareAsync();
        for (var written = 0; written < count; written += perCommit)
        {
            rows.Fill(written, Streams);
            await batch.ExecuteNonQueryAsync();
        }
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private static void Add(NpgsqlParameterCollection parameters)
    {
        foreach (var type in PostgresRawRows.Types) parameters.Add(new NpgsqlParameter { NpgsqlDbType = type });
    }

    private static void Bind(NpgsqlParameterCollection parameters, long position)
    {
        var id = Guid.CreateVersion7();
        object[] values =
        [
            position, position % Streams, (int)(position / Streams), "inventory", RawInserts.Causation, "stock.reserved", 1, id, id, id, 0,
            RawInserts.Correlation, RawInserts.Causation, RawInserts.TraceParent, DateTimeOffset.UnixEpoch, DBNull.Value, RawInserts.Data,
        ];
        for (var i = 0; i < values.Length; i++) parameters[i].Value = values[i];
    }
}

/// <summary>The rows of one commit, column by column.</summary>
internal sealed class PostgresRawRows(int count)
{
    public static readonly NpgsqlDbType[] Types =
    [
        NpgsqlDbType.Bigint, NpgsqlDbType.Bigint, NpgsqlDbType.Integer, NpgsqlDbType.Text, NpgsqlDbType.Text, NpgsqlDbType.Text, NpgsqlDbType.Integer,
        NpgsqlDbType.Uuid, NpgsqlDbType.Uuid, NpgsqlDbType.Uuid, NpgsqlDbType.Integer, NpgsqlDbType.Text, NpgsqlDbType.Text, NpgsqlDbType.Text,
        NpgsqlDbType.TimestampTz, NpgsqlDbType.Text, NpgsqlDbType.Json,
    ];

    private readonly long[] _positions = new long[count];
    private readonly long[] _streams = new long[count];
    private readonly int[] _versions = new int[count];
    private readonly Guid[] _ids = new Guid[count];

    public void AddTo(NpgsqlParameterCollection parameters)
    {
        Array[] columns =
        [
            _positions, _streams, _versions, Same("inventory"), Same(RawInserts.Causation), Same("stock.reserved"), Same(1), _ids, _ids, _ids, Same(0),
            Same(RawInserts.Correlation), Same(RawInserts.Causation), Same(RawInserts.TraceParent), Same(DateTimeOffset.UnixEpoch), Same((string?)null),
            Same(RawInserts.Data),
        ];
        for (var i = 0; i < columns.Length; i++) parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | Types[i], Value = columns[i] });
    }

    public void Fill(int written, int streams)
    {
        for (var i = 0; i < count; i++)
        {
            var position = written + i + 1;
            (_positions[i], _streams[i], _versions[i], _ids[i]) = (position, position % streams, position / streams, Guid.CreateVersion7());
        }
    }

    private T[] Same<T>(T value) => [.. Enumerable.Repeat(value, count)];
}
