namespace Crescent.EventStore.PersonalData;

/// <summary>
/// The keys that encrypt personal data, one per data subject (user). Destroying a subject's key erases what it
/// encrypted, wherever it is stored. A destroyed key never comes back.
/// </summary>
public interface IPersonalKeys
{
    /// <summary>The subject's key, created durably at the first call; a destroyed one answers with <see cref="PersonalKey.IsDestroyed"/>.</summary>
    ValueTask<PersonalKey> GetOrCreateAsync(string subjectId, CancellationToken ct = default);

    /// <summary>The keys that exist among these subjects', destroyed ones included, by subject id.</summary>
    ValueTask<IReadOnlyDictionary<string, PersonalKey>> FindAsync(IReadOnlyCollection<string> subjectIds, CancellationToken ct = default);

    /// <summary>
    /// Destroys the subject's key, durably, even if it never existed. Idempotent. Embedded, no file keeps a trace of it; a
    /// server's files may keep the wrapped key for a while, which opens nothing without the master key.
    /// </summary>
    Task DestroyAsync(string subjectId, CancellationToken ct = default);
}
