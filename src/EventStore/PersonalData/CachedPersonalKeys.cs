namespace Crescent.EventStore.PersonalData;

/// <summary>Personal keys with the ones used last kept at hand; a store supplies the table.</summary>
abstract class CachedPersonalKeys(PersonalKeyCache cache) : IPersonalKeys
{
    public ValueTask<PersonalKey> GetOrCreateAsync(string subjectId, CancellationToken ct = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(subjectId);
        return cache.Find(subjectId) is { } key ? ValueTask.FromResult(key) : CreateAsync(subjectId, ct);
    }

    public async ValueTask<IReadOnlyDictionary<string, PersonalKey>> FindAsync(IReadOnlyCollection<string> subjectIds, CancellationToken ct = default)
    {
        var found = new Dictionary<string, PersonalKey>(subjectIds.Count);
        List<string>? missing = null;
        foreach (var subject in subjectIds)
        {
            if (cache.Find(subject) is { } key) found[subject] = key;
            else (missing ??= []).Add(subject);
        }

        if (missing is not null)
        {
            foreach (var key in await LoadKeysAsync(missing, ct).ConfigureAwait(false)) found[key.SubjectId] = cache.Add(key);
        }

        return found;
    }

    public async Task DestroyAsync(string subjectId, CancellationToken ct = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(subjectId);
        await DestroyKeyAsync(subjectId, ct).ConfigureAwait(false);
        cache.Destroy(subjectId);
        await PurgeAsync().ConfigureAwait(false);
    }

    protected abstract Task<PersonalKey> CreateKeyAsync(string subjectId, CancellationToken ct);

    protected abstract Task<IReadOnlyList<PersonalKey>> LoadKeysAsync(IReadOnlyList<string> subjectIds, CancellationToken ct);

    protected abstract Task DestroyKeyAsync(string subjectId, CancellationToken ct);

    /// <summary>Removes what a destroyed key has left in files.</summary>
    protected virtual Task PurgeAsync() => Task.CompletedTask;

    async ValueTask<PersonalKey> CreateAsync(string subjectId, CancellationToken ct) => cache.Add(await CreateKeyAsync(subjectId, ct).ConfigureAwait(false));
}
