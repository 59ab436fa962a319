using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace Crescent.EventStore;

/// <summary>
/// The stored name and schema version of every event record: a storage contract, independent of the records' names.
/// Older versions of an event are brought to the current one by upcasters, step by step.
/// </summary>
public sealed class EventTypeMap
{
    readonly FrozenDictionary<Type, EventType> _byRecord;
    readonly FrozenDictionary<string, EventType> _byName;

    EventTypeMap(Builder builder)
    {
        _byRecord = builder.Types.ToFrozenDictionary(type => type.Record);
        _byName = builder.Types.ToFrozenDictionary(type => type.Name, StringComparer.Ordinal);
    }

    /// <summary>All types, in no particular order.</summary>
    public IEnumerable<EventType> Types => _byName.Values;

    public static EventTypeMap Create(Action<Builder> add)
    {
        var builder = new Builder();
        add(builder);
        return new EventTypeMap(builder);
    }

    /// <exception cref="UnknownEventTypeException">The record is not in the map.</exception>
    public EventType Of(Type record) => _byRecord.TryGetValue(record, out var type)
        ? type
        : throw new UnknownEventTypeException($"The event record {record} has no stored name; add it to the event type map.");

    /// <exception cref="UnknownEventTypeException">The name, or this version of it, is unknown here; it must not be skipped.</exception>
    public EventType Of(string name, int schemaVersion)
    {
        if (!_byName.TryGetValue(name, out var type))
            throw new UnknownEventTypeException($"The log has an event of type '{name}', which this release does not know.");
        if (schemaVersion < 1 || schemaVersion > type.SchemaVersion)
            throw new UnknownEventTypeException($"The log has version {schemaVersion} of '{name}', but this release knows only 1 to {type.SchemaVersion}.");
        return type;
    }

    /// <summary>Collects the entries of a map and refuses contradictions.</summary>
    public sealed class Builder
    {
        internal List<EventType> Types { get; } = [];

        /// <summary>Maps a record to its stored name. Each step of <paramref name="upcasters"/> leads from one version to the next.</summary>
        public Builder Add<TEvent>(string name, params Func<JsonObject, JsonObject>[] upcasters) where TEvent : Domain.IDomainEvent
        {
            if (Types.Any(type => type.Name == name)) throw new ArgumentException($"The event type '{name}' is mapped twice.", nameof(name));
            if (Types.Any(type => type.Record == typeof(TEvent))) throw new ArgumentException($"The record {typeof(TEvent)} is mapped twice.", nameof(name));
            Types.Add(new EventType(name, typeof(TEvent), [.. upcasters]));
            return this;
        }
    }
}

/// <summary>One entry of the map. Its current schema version is one more than there are upcasters.</summary>
public sealed record EventType(string Name, Type Record, IReadOnlyList<Func<JsonObject, JsonObject>> Upcasters)
{
    public int SchemaVersion => Upcasters.Count + 1;
}

/// <summary>The log and the code disagree on what there is; reading on would lose events.</summary>
public sealed class UnknownEventTypeException(string message) : Exception(message);
