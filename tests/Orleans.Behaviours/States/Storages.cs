using System.Collections.Concurrent;
using Orleans.Storage;

namespace Orleans.Behaviours.States;

public static class Storages
{
    public const string Custom = "custom";
}

/// <summary>A storage of our own: counts versions, and fails where a test asks for it.</summary>
public sealed class CustomStorage(string name) : IGrainStorage, ILifecycleParticipant<ISiloLifecycle>
{
    private static readonly ConcurrentDictionary<string, Exception> s_failures = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, (object State, int Version)> s_records = new(StringComparer.Ordinal);

    public static bool HasStarted { get; private set; }

    /// <summary>The next write for that grain fails.</summary>
    public static void FailNextWrite(string key, Exception failure) => s_failures[key] = failure;

    /// <summary>Someone else writes.</summary>
    public static void Overwrite(string key, string text) => s_records.AddOrUpdate(
        key, static (_, note) => (note, 1), static (_, old, note) => (note, old.Version + 1), new Note { Text = text });

    public void Participate(ISiloLifecycle observer) => observer.Subscribe(name, ServiceLifecycleStage.RuntimeStorageServices, _ =>
    {
        HasStarted = true;
        return Task.CompletedTask;
    });

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        grainState.RecordExists = s_records.TryGetValue(KeyOf(grainId), out var record);
        grainState.ETag = grainState.RecordExists ? record.Version.ToString() : null;
        grainState.State = grainState.RecordExists ? (T)record.State : Activator.CreateInstance<T>();
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (s_failures.TryRemove(KeyOf(grainId), out var failure))
            throw failure;
        var stored = s_records.TryGetValue(KeyOf(grainId), out var record) ? record.Version.ToString() : null;
        if (stored != grainState.ETag)
            throw new InconsistentStateException("Written by someone else.", stored, grainState.ETag);
        s_records[KeyOf(grainId)] = (grainState.State!, record.Version + 1);
        grainState.ETag = (record.Version + 1).ToString();
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        s_records.TryRemove(KeyOf(grainId), out _);
        grainState.ETag = null;
        grainState.RecordExists = false;
        grainState.State = Activator.CreateInstance<T>();
        return Task.CompletedTask;
    }

    private static string KeyOf(GrainId grainId) => grainId.Key.ToString()!;
}
