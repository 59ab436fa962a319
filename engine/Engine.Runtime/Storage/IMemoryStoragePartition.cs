namespace Orleans.Storage;

/// <summary>A part of a storage in memory. Its key is <c>storage/number</c>.</summary>
internal interface IMemoryStoragePartition : IGrainWithStringKey
{
    ValueTask<StoredState?> Read(string key);

    /// <summary>Writes, if the stored state has the expected ETag; null expects that there is none.</summary>
    ValueTask<MemoryWrite> Write(string key, byte[] state, string? expectedETag);

    /// <inheritdoc cref="Write"/>
    ValueTask<MemoryWrite> Delete(string key, string? expectedETag);
}

[GenerateSerializer, Immutable]
internal sealed record StoredState([property: Id(0)] byte[] State, [property: Id(1)] string ETag);

/// <summary>How a write ended. A conflict is no exception here: it would end the partition in place of the writer.</summary>
/// <param name="IsConflict">Nothing was written.</param>
/// <param name="ETag">The ETag of what is stored now; null for nothing.</param>
[GenerateSerializer, Immutable]
internal readonly record struct MemoryWrite([property: Id(0)] bool IsConflict, [property: Id(1)] string? ETag);
