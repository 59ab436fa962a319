using System.Globalization;
using System.Text;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.AdoNet.Storage;

/// <summary>States of grains in a database, as JSON. A row's version is its ETag.</summary>
internal sealed class AdoNetGrainStorage(string name, AdoNetGrainStorageOptions options, string serviceId) : IGrainStorage, ILifecycleParticipant<ISiloLifecycle>
{
    private static readonly string[] s_keys = ["WriteToStorageKey", "ReadFromStorageKey", "ClearStorageKey", "DeleteStorageKey"];
    private OrleansQueries? _queries;

    private OrleansQueries Queries => _queries ?? throw new InvalidOperationException($"The storage '{name}' is not started yet.");

    public void Participate(ISiloLifecycle observer) => observer.Subscribe(
        $"{nameof(AdoNetGrainStorage)} {name}",
        options.InitStage,
        async token => _queries = await OrleansQueries.LoadAsync(options.ToSettings(name), s_keys, token));

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => ReadStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => WriteStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => ClearStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        var rows = await Queries.ReadAsync(
            "ReadFromStorageKey",
            add => AddGrain(add, stateName, grainId),
            row => (Payload: row.IsNull("PayloadBinary") ? null : row.GetFieldValue<byte[]>("PayloadBinary"), Version: row.GetFieldValue<int>("Version")),
            cancellationToken);
        var stored = rows.SingleOrDefault();
        grainState.State = stored.Payload is null ? default! : StateJson.Read<T>(stored.Payload);
        grainState.ETag = rows.Count == 0 ? null : stored.Version.ToString(CultureInfo.InvariantCulture);
        grainState.RecordExists = stored.Payload is not null;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        var payload = StateJson.Write(grainState.State);
        grainState.ETag = await Change("WriteToStorageKey", stateName, grainId, grainState.ETag, payload, cancellationToken);
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        // Without a version there is no row that could be cleared, unless somebody has written it since: the next write finds that out.
        if (grainState.ETag is not null)
        {
            var tag = await Change(options.DeleteStateOnClear ? "DeleteStorageKey" : "ClearStorageKey", stateName, grainId, grainState.ETag, payload: null, cancellationToken);
            grainState.ETag = options.DeleteStateOnClear ? null : tag;
        }

        grainState.State = default!;
        grainState.RecordExists = false;
    }

    private static int HashOf(string text) => unchecked((int)StableHash.Of(Encoding.UTF8.GetBytes(text)));

    private async Task<string> Change(string key, string stateName, GrainId grainId, string? tag, byte[]? payload, CancellationToken cancellationToken)
    {
        int? expected = tag is null ? null : int.Parse(tag, CultureInfo.InvariantCulture);
        var version = await Queries.ReadOneAsync(key, add =>
        {
            AddGrain(add, stateName, grainId);
            add("GrainStateVersion", expected);
            if (payload is not null)
            {
                add("PayloadBinary", payload);
            }
        }, row => row.IsDBNull(0) ? (int?)null : row.GetInt32(0), cancellationToken);
        return version is { } written && written != expected
            ? written.ToString(CultureInfo.InvariantCulture)
            : throw new InconsistentStateException($"The state '{stateName}' of {grainId} in '{name}' was written by someone else since its version {tag ?? "'none'"} was read.", null, tag);
    }

    /// <summary>The whole key is text, whatever it stands for, so that different keys are never one.</summary>
    private void AddGrain(AddParameter add, string stateName, GrainId grainId)
    {
        var (type, key) = ($"{grainId.Type}/{stateName}", grainId.Key.ToString());
        add("GrainIdHash", HashOf(key));
        add("GrainIdN0", 0L);
        add("GrainIdN1", 0L);
        add("GrainTypeHash", HashOf(type));
        add("GrainTypeString", type);
        add("GrainIdExtensionString", key);
        add("ServiceId", serviceId);
    }
}
