using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>Holds states as long as its silo lives.</summary>
[KeepAlive]
[GrainType(InMemoryGrains.Storage)]
internal sealed class MemoryStoragePartitionGrain : Grain, IMemoryStoragePartition
{
    private readonly Dictionary<string, StoredState> _states = new(StringComparer.Ordinal);

    public ValueTask<StoredState?> Read(string key) => ValueTask.FromResult(_states.GetValueOrDefault(key));

    public ValueTask<MemoryWrite> Write(string key, byte[] state, string? expectedETag)
    {
        var stored = _states.GetValueOrDefault(key);
        if (stored?.ETag != expectedETag)
        {
            return ValueTask.FromResult(new MemoryWrite(IsConflict: true, stored?.ETag));
        }

        // Not a counter: a record that was deleted and written again must not have an ETag that it had before.
        var written = new StoredState(state, Guid.CreateVersion7().ToString("N"));
        _states[key] = written;
        return ValueTask.FromResult(new MemoryWrite(IsConflict: false, written.ETag));
    }

    public ValueTask<MemoryWrite> Delete(string key, string? expectedETag)
    {
        var stored = _states.GetValueOrDefault(key);
        if (stored?.ETag != expectedETag)
        {
            return ValueTask.FromResult(new MemoryWrite(IsConflict: true, stored?.ETag));
        }

        _states.Remove(key);
        return ValueTask.FromResult(default(MemoryWrite));
    }
}
