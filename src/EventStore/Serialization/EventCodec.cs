using System.Text.Json;
using System.Text.Json.Nodes;
using Crescent.Domain;
using Crescent.EventStore.PersonalData;

namespace Crescent.EventStore.Serialization;

/// <summary>Turns events and states into their stored form and back, fetching the keys of personal data on the way.</summary>
sealed class EventCodec(EventTypeMap types, IPersonalKeys keys)
{
    static readonly IReadOnlyDictionary<string, PersonalKey> NoKeys = new Dictionary<string, PersonalKey>();

    /// <summary>Encodes a batch as it will stand at its expected version; only positions are still open.</summary>
    public async ValueTask<StoredEvent[]> EncodeAsync(AppendRequest request, CancellationToken ct)
    {
        var stored = new StoredEvent[request.Events.Count];
        for (var i = 0; i < stored.Length; i++)
        {
            var (eventId, @event, metadata) = request.Events[i];
            var type = types.Of(@event.GetType());
            var subject = SubjectOf(@event);
            var key = subject is null ? null : await keys.GetOrCreateAsync(subject, ct).ConfigureAwait(false);
            stored[i] = new StoredEvent(
                request.Stream, request.ExpectedVersion + 1 + i, Position: 0, type.Name, type.SchemaVersion, eventId,
                request.BatchId, CommandIndex(request.Events, i), WithStoredTime(metadata), subject, Serialize(@event, key));
        }

        return stored;
    }

    public async ValueTask<IReadOnlyList<RecordedEvent>> DecodeAsync(IReadOnlyList<StoredEvent> stored, CancellationToken ct)
    {
        var found = await FindKeysAsync(stored, ct).ConfigureAwait(false);
        var events = new RecordedEvent[stored.Count];
        for (var i = 0; i < events.Length; i++)
        {
            var e = stored[i];
            var type = types.Of(e.Type, e.SchemaVersion);
            var key = KeyOf(e.SubjectId, found);
            var @event = (IDomainEvent)(e.SchemaVersion == type.SchemaVersion
                ? Deserialize(e.Data, type.Record, key)
                : Upcast(e, type, key));
            events[i] = new RecordedEvent(
                e.Stream, e.Version, e.Position, e.EventId, e.BatchId, e.Type, e.SchemaVersion, @event, e.Metadata);
        }

        return events;
    }

    public async ValueTask<StoredSnapshot> EncodeAsync<TState>(Snapshot<TState> snapshot, CancellationToken ct) where TState : class
    {
        var subject = SubjectOf(snapshot.State);
        var key = subject is null ? null : await keys.GetOrCreateAsync(subject, ct).ConfigureAwait(false);
        return new StoredSnapshot(
            snapshot.Stream, snapshot.Version, TypeShape.Of(typeof(TState)).Hash, subject, Serialize(snapshot.State, key));
    }

    /// <summary>Null if the snapshot was written with another schema of the state.</summary>
    public async ValueTask<Snapshot<TState>?> DecodeAsync<TState>(StoredSnapshot? stored, CancellationToken ct) where TState : class
    {
        if (stored is null || stored.SchemaHash != TypeShape.Of(typeof(TState)).Hash) return null;
        var found = stored.SubjectId is { } subject ? await keys.FindAsync([subject], ct).ConfigureAwait(false) : NoKeys;
        var state = (TState)Deserialize(stored.Data, typeof(TState), KeyOf(stored.SubjectId, found));
        return new Snapshot<TState>(stored.Stream, stored.Version, state);
    }

    async ValueTask<IReadOnlyDictionary<string, PersonalKey>> FindKeysAsync(IReadOnlyList<StoredEvent> stored, CancellationToken ct)
    {
        HashSet<string>? subjects = null;
        foreach (var e in stored)
        {
            if (e.SubjectId is { } subject) (subjects ??= []).Add(subject);
        }

        return subjects is null ? NoKeys : await keys.FindAsync(subjects, ct).ConfigureAwait(false);
    }

    static PersonalKey? KeyOf(string? subject, IReadOnlyDictionary<string, PersonalKey> found)
    {
        if (subject is null) return null;
        return found.TryGetValue(subject, out var key)
            ? key
            : throw new InvalidOperationException($"The key of data subject {subject} is missing, although it was never destroyed.");
    }

    static string? SubjectOf(object value)
    {
        if (!TypeShape.Of(value.GetType()).HasPersonalData) return null;
        var subject = ((IPersonalData)value).SubjectId;
        return string.IsNullOrEmpty(subject) ? null : subject;
    }

    static int CommandIndex(IReadOnlyList<NewEvent> events, int index)
    {
        var command = events[index].Metadata.CommandId;
        var earlier = 0;
        for (var i = index - 1; i >= 0 && events[i].Metadata.CommandId == command; i--) earlier++;
        return earlier;
    }

    /// <summary>What every store can keep: UTC, to the microsecond.</summary>
    static EventMetadata WithStoredTime(EventMetadata metadata)
    {
        var ticks = metadata.Time.UtcTicks;
        return metadata with { Time = new DateTimeOffset(ticks - ticks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero) };
    }

    static byte[] Serialize(object value, PersonalKey? key)
    {
        using var scope = new PersonalScope(key);
        return JsonSerializer.SerializeToUtf8Bytes(value, StorageJson.Options.GetTypeInfo(value.GetType()));
    }

    static object Deserialize(ReadOnlyMemory<byte> data, Type type, PersonalKey? key)
    {
        using var scope = new PersonalScope(key);
        return JsonSerializer.Deserialize(data.Span, StorageJson.Options.GetTypeInfo(type))
            ?? throw new JsonException($"A stored {type} is null.");
    }

    static object Upcast(StoredEvent stored, EventType type, PersonalKey? key)
    {
        var json = JsonNode.Parse(stored.Data.Span)!.AsObject();
        foreach (var step in type.Upcasters.Skip(stored.SchemaVersion - 1)) json = step(json);
        using var scope = new PersonalScope(key);
        return json.Deserialize(StorageJson.Options.GetTypeInfo(type.Record))
            ?? throw new JsonException($"A stored {type.Record} is null after upcasting.");
    }
}
