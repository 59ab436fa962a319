using Crescent.EventStore.Serialization;
using NpgsqlTypes;

namespace Crescent.EventStore.Postgres;

/// <summary>What both ways to append send of an event, an array for each column, in the order of the functions' parameters.</summary>
sealed class EventArrays(ArrayParameters arrays)
{
    readonly List<int> _versions = arrays.Add<int>(NpgsqlDbType.Integer);
    readonly List<string> _types = arrays.Add<string>(NpgsqlDbType.Text);
    readonly List<int> _schemaVersions = arrays.Add<int>(NpgsqlDbType.Integer);
    readonly List<Guid> _eventIds = arrays.Add<Guid>(NpgsqlDbType.Uuid);
    readonly List<Guid> _commandIds = arrays.Add<Guid>(NpgsqlDbType.Uuid);
    readonly List<int> _commandIndexes = arrays.Add<int>(NpgsqlDbType.Integer);
    readonly List<string> _correlationIds = arrays.Add<string>(NpgsqlDbType.Text);
    readonly List<string?> _causationIds = arrays.Add<string?>(NpgsqlDbType.Text);
    readonly List<string?> _traceParents = arrays.Add<string?>(NpgsqlDbType.Text);
    readonly List<DateTimeOffset> _times = arrays.Add<DateTimeOffset>(NpgsqlDbType.TimestampTz);
    readonly List<string?> _subjectIds = arrays.Add<string?>(NpgsqlDbType.Text);
    readonly List<ReadOnlyMemory<byte>> _datas = arrays.Add<ReadOnlyMemory<byte>>(NpgsqlDbType.Json);

    public int Count => _versions.Count;

    public void Add(StoredEvent e)
    {
        _versions.Add(e.Version);
        _types.Add(e.Type);
        _schemaVersions.Add(e.SchemaVersion);
        _eventIds.Add(e.EventId);
        _commandIds.Add(e.Metadata.CommandId);
        _commandIndexes.Add(e.CommandIndex);
        _correlationIds.Add(e.Metadata.CorrelationId);
        _causationIds.Add(e.Metadata.CausationId);
        _traceParents.Add(e.Metadata.TraceParent);
        _times.Add(e.Metadata.Time);
        _subjectIds.Add(e.SubjectId);
        _datas.Add(e.Data);
    }
}
