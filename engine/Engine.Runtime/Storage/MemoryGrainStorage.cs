using Orleans.Configuration;
using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>Keeps states in grains of its own, so that they outlive the activations that wrote them.</summary>
internal sealed class MemoryGrainStorage(string name, MemoryGrainStorageOptions options, IGrainFactory grains) : IGrainStorage
{
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var stored = await PartitionOf(grainId).Read(KeyOf(stateName, grainId));
        grainState.State = stored is null ? default! : StateJson.Read<T>(stored.State);
        grainState.ETag = stored?.ETag;
        grainState.RecordExists = stored is not null;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var state = StateJson.Write(grainState.State);
        Accept(await PartitionOf(grainId).Write(KeyOf(stateName, grainId), state, grainState.ETag), grainId, grainState);
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        Accept(await PartitionOf(grainId).Delete(KeyOf(stateName, grainId), grainState.ETag), grainId, grainState);
        grainState.State = default!;
        grainState.RecordExists = false;
    }

    private static string KeyOf(string stateName, GrainId grainId) => $"{stateName}/{grainId}";

    private IMemoryStoragePartition PartitionOf(GrainId grainId) =>
        grains.GetGrain<IMemoryStoragePartition>($"{name}/{grainId.GetUniformHashCode() % (uint)options.NumStorageGrains}");

    private void Accept<T>(MemoryWrite write, GrainId grainId, IGrainState<T> grainState)
    {
        if (write.IsConflict)
        {
            throw new InconsistentStateException($"The state of {grainId} in '{name}' was written by someone else in the meantime.", write.ETag, grainState.ETag);
        }

        grainState.ETag = write.ETag;
    }
}
