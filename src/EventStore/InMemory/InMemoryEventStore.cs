using Crescent.EventStore.PersonalData;
using Crescent.EventStore.Serialization;

namespace Crescent.EventStore.InMemory;

/// <summary>The event store without a file, for tests and for runs that keep nothing. Same rules, same stored form.</summary>
public sealed class InMemoryEventStore : IEventStore
{
    readonly Lock _gate = new();
    readonly List<StoredEvent> _log = [];
    readonly Dictionary<StreamName, List<StoredEvent>> _streams = [];
    readonly Dictionary<StreamName, StoredSnapshot> _snapshots = [];
    readonly LogSignal _signal = new();
    readonly EventCodec _codec;

    public InMemoryEventStore(EventTypeMap types)
    {
        PersonalKeys = new InMemoryPersonalKeys();
        _codec = new EventCodec(types, PersonalKeys);
    }

    public IPersonalKeys PersonalKeys { get; }

    public ILogSignal Signal => _signal;

    public async ValueTask<AppendResult> AppendAsync(AppendRequest request, CancellationToken ct = default)
    {
        AppendRules.Check(request);
        var stored = await _codec.EncodeAsync(request, ct);
        AppendResult result;
        lock (_gate) result = Append(request, stored);
        if (result is AppendResult.Appended appended) _signal.Publish(appended.LastPosition);
        return result;
    }

    public Task<IReadOnlyList<RecordedEvent>> ReadStreamAsync(StreamName stream, int afterVersion, int maxCount, CancellationToken ct = default)
    {
        lock (_gate) return DecodeAsync([.. Stream(stream).Skip(afterVersion).Take(maxCount)], ct);
    }

    public Task<IReadOnlyList<RecordedEvent>> ReadLogAsync(long afterPosition, int maxCount, CancellationToken ct = default)
    {
        lock (_gate) return DecodeAsync([.. _log.Skip((int)afterPosition).Take(maxCount)], ct);
    }

    public Task<long> ReadHeadAsync(CancellationToken ct = default)
    {
        lock (_gate) return Task.FromResult((long)_log.Count);
    }

    public Task<IReadOnlyList<RecordedEvent>> ReadCommandAsync(StreamName stream, Guid commandId, CancellationToken ct = default)
    {
        lock (_gate) return DecodeAsync([.. Stream(stream).Where(e => e.Metadata.CommandId == commandId)], ct);
    }

    public async Task<Snapshot<TState>?> ReadSnapshotAsync<TState>(StreamName stream, CancellationToken ct = default) where TState : class
    {
        StoredSnapshot? stored;
        lock (_gate) stored = _snapshots.GetValueOrDefault(stream);
        return await _codec.DecodeAsync<TState>(stored, ct);
    }

    public async Task WriteSnapshotAsync<TState>(Snapshot<TState> snapshot, CancellationToken ct = default) where TState : class
    {
        var stored = await _codec.EncodeAsync(snapshot, ct);
        lock (_gate)
        {
            if (!_snapshots.TryGetValue(stored.Stream, out var standing) || standing.Version <= stored.Version)
                _snapshots[stored.Stream] = stored;
        }
    }

    AppendResult Append(AppendRequest request, StoredEvent[] stored)
    {
        var stream = Stream(request.Stream);
        if (stream.Count != request.ExpectedVersion)
        {
            var last = request.ExpectedVersion + stored.Length;
            return stream.Count >= last && stream[last - 1].BatchId == request.BatchId
                ? new AppendResult.Appended(last, stream[last - 1].Position)
                : new AppendResult.VersionConflict(stream.Count);
        }

        foreach (var e in stored)
        {
            var command = e.Metadata.CommandId;
            if (stream.Exists(earlier => earlier.Metadata.CommandId == command)) return new AppendResult.CommandAlreadyRecorded(command);
        }

        _streams[request.Stream] = stream;
        foreach (var e in stored)
        {
            var placed = e with { Position = _log.Count + 1 };
            _log.Add(placed);
            stream.Add(placed);
        }

        return new AppendResult.Appended(stream.Count, _log.Count);
    }

    List<StoredEvent> Stream(StreamName name) => _streams.GetValueOrDefault(name) ?? [];

    async Task<IReadOnlyList<RecordedEvent>> DecodeAsync(StoredEvent[] stored, CancellationToken ct) => await _codec.DecodeAsync(stored, ct);
}
