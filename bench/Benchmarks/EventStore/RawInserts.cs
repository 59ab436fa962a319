using System.Text;
using SQLitePCL;

namespace Benchmarks.EventStore;

/// <summary>The least that SQLite must do to keep the same rows: no checks, no queue, no serialization.</summary>
internal sealed class RawInserts : IDisposable
{
    public const string Correlation = "0123456789abcdef0123456789abcdef";
    public const string Causation = "0197b3c0-0000-7000-8000-000000000000";
    public const string TraceParent = "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01";
    private const int Streams = 1024;
    private const string Columns = "position, stream, version, category, stream_id, type, schema_version, event_id, batch_id, command_id, command_index, correlation_id, causation_id, traceparent, time, subject_id, data";

    // As the store serializes the event that the appends use.
    public static readonly byte[] Data = Encoding.UTF8.GetBytes(
        $$"""{"productId":"{{Causation}}","orderId":"{{Causation}}","quantity":2,"expiresAt":"2030-01-01T00:00:00+00:00"}""");

    private readonly sqlite3 _database;
    private long _position;

    public RawInserts(string path)
    {
        Check(raw.sqlite3_open(path, out _database));
        Execute("PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA cache_size = -16384; PRAGMA wal_autocheckpoint = 4000");
    }

    /// <summary>Prepared inserts with fresh random ids, as the appends have them.</summary>
    public void Insert(int count, int perCommit)
    {
        var insert = Prepare($"INSERT INTO events ({Columns}) VALUES (?1, ?2, ?3, 'inventory', '{Causation}', 'stock.reserved', 1, ?4, ?4, ?4, 0, '{Correlation}', '{Causation}', '{TraceParent}', 0, NULL, ?5)");
        using (insert)
        {
            for (var i = 0; i < count; i++)
            {
                if (i % perCommit == 0) Execute("BEGIN IMMEDIATE");
                BindRow(insert);
                Step(insert);
                if (i % perCommit == perCommit - 1) Execute("COMMIT");
            }
        }
    }

    /// <summary>Rows prepared in memory beforehand and copied by one statement per commit.</summary>
    public void InsertSelect(int count, int perCommit)
    {
        Execute($"PRAGMA temp_store = MEMORY; CREATE TEMP TABLE staged AS SELECT {Columns} FROM main.events");
        using (var stage = Prepare($"INSERT INTO staged ({Columns}) VALUES (?1, ?2, ?3, 'inventory', '{Causation}', 'stock.reserved', 1, ?4, ?4, ?4, 0, '{Correlation}', '{Causation}', '{TraceParent}', 0, NULL, ?5)"))
        {
            Execute("BEGIN");
            for (var i = 0; i < perCommit; i++)
            {
                BindRow(stage);
                Step(stage);
            }

            Execute("COMMIT");
        }

        using var copy = Prepare($"INSERT INTO main.events ({Columns}) SELECT position + ?1, (position + ?1) % {Streams}, (position + ?1) / {Streams}, category, stream_id, type, schema_version, event_id, batch_id, CAST(printf('%016d', position + ?1) AS BLOB), command_index, correlation_id, causation_id, traceparent, time, subject_id, data FROM staged");
        for (var copied = 0; copied < count; copied += perCommit)
        {
            raw.sqlite3_bind_int64(copy, 1, copied);
            Execute("BEGIN IMMEDIATE");
            Step(copy);
            Execute("COMMIT");
        }
    }

    public void Dispose() => _database.Dispose();

    private void BindRow(sqlite3_stmt statement)
    {
        _position++;
        Span<byte> id = stackalloc byte[16];
        Guid.CreateVersion7().TryWriteBytes(id, bigEndian: true, out _);
        raw.sqlite3_bind_int64(statement, 1, _position);
        raw.sqlite3_bind_int64(statement, 2, _position % Streams);
        raw.sqlite3_bind_int64(statement, 3, _position / Streams);
        raw.sqlite3_bind_blob(statement, 4, id);
        raw.sqlite3_bind_text(statement, 5, Data);
    }

    private void Step(sqlite3_stmt statement)
    {
        var code = raw.sqlite3_step(statement);
        if (code != raw.SQLITE_DONE) Check(code);
        raw.sqlite3_reset(statement);
    }

    private sqlite3_stmt Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v2(_database, sql, out var statement));
        return statement;
    }

    private void Execute(string sql) => Check(raw.sqlite3_exec(_database, sql));

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK) throw new InvalidOperationException($"SQLite error {code}: {raw.sqlite3_errmsg(_database).utf8_to_string()}");
    }
}
