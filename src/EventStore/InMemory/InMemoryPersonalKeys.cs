using System.Collections.Concurrent;
using System.Security.Cryptography;
using Crescent.EventStore.PersonalData;

namespace Crescent.EventStore.InMemory;

/// <summary>Personal keys for tests and for runs that keep nothing.</summary>
sealed class InMemoryPersonalKeys : CachedPersonalKeys
{
    const int CacheCapacity = 1000;

    readonly ConcurrentDictionary<string, PersonalKey> _keys = new();

    public InMemoryPersonalKeys() : base(new PersonalKeyCache(CacheCapacity, Timeout.InfiniteTimeSpan, TimeProvider.System)) { }

    protected override Task<PersonalKey> CreateKeyAsync(string subjectId, CancellationToken ct) =>
        Task.FromResult(_keys.GetOrAdd(subjectId, id => PersonalKey.FromBytes(id, RandomNumberGenerator.GetBytes(PersonalKey.Size))));

    protected override Task<IReadOnlyList<PersonalKey>> LoadKeysAsync(IReadOnlyList<string> subjectIds, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<PersonalKey>>([.. subjectIds.Select(_keys.GetValueOrDefault).OfType<PersonalKey>()]);

    protected override Task DestroyKeyAsync(string subjectId, CancellationToken ct)
    {
        _keys.GetOrAdd(subjectId, PersonalKey.Destroyed).Dispose();
        return Task.CompletedTask;
    }
}
