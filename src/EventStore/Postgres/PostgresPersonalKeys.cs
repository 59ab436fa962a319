using System.Security.Cryptography;
using Crescent.EventStore.PersonalData;
using Npgsql;
using NpgsqlTypes;

namespace Crescent.EventStore.Postgres;

/// <summary>
/// Personal keys in the events' database, wrapped by the master key. Every process is told when one is destroyed, and
/// asks from time to time in case it was not told.
/// </summary>
sealed class PostgresPersonalKeys : CachedPersonalKeys
{
    static readonly string ReadPersonalKeys = SqlText.Load(typeof(PostgresPersonalKeys), "ReadPersonalKeys");
    static readonly string AddPersonalKey = SqlText.Load(typeof(PostgresPersonalKeys), "AddPersonalKey");
    static readonly string DestroyPersonalKey = SqlText.Load(typeof(PostgresPersonalKeys), "DestroyPersonalKey");
    static readonly string VacuumPersonalKeys = SqlText.Load(typeof(PostgresPersonalKeys), "VacuumPersonalKeys");

    readonly PostgresEventStore _store;
    readonly MasterKey _master;

    public PostgresPersonalKeys(PostgresEventStore store, MasterKey master, PersonalKeyCache cache) : base(cache) =>
        (_store, _master) = (store, master);

    /// <summary>Makes sure at start that the master key is the one this database was written with.</summary>
    /// <exception cref="WrongMasterKeyException">It is another one.</exception>
    public async Task CheckMasterKeyAsync(PostgresDatabase database, CancellationToken ct)
    {
        try
        {
            (await CreateAsync(database, MasterKey.ProbeSubject, ct)).Dispose();
        }
        catch (CryptographicException e)
        {
            throw new WrongMasterKeyException(database.Name, e);
        }
    }

    protected override Task<PersonalKey> CreateKeyAsync(string subjectId, CancellationToken ct) =>
        _store.RunAsync(database => CreateAsync(database, subjectId, ct), ct);

    protected override Task<IReadOnlyList<PersonalKey>> LoadKeysAsync(IReadOnlyList<string> subjectIds, CancellationToken ct) =>
        _store.RunAsync(database => FindStandingAsync(database, subjectIds, ct), ct);

    protected override Task DestroyKeyAsync(string subjectId, CancellationToken ct) =>
        _store.RunAsync(database => database.ExecuteAsync(DestroyPersonalKey, ct, Parameter.Of(subjectId)), ct);

    protected override Task PurgeAsync() =>
        _store.RunAsync(database => database.ExecuteAsync(VacuumPersonalKeys, CancellationToken.None), CancellationToken.None);

    async Task<PersonalKey> CreateAsync(PostgresDatabase database, string subjectId, CancellationToken ct)
    {
        if (await FindStandingAsync(database, [subjectId], ct) is [var standing]) return standing;
        var wrapped = _master.Wrap(subjectId, RandomNumberGenerator.GetBytes(PersonalKey.Size));
        await database.ExecuteAsync(AddPersonalKey, ct, Parameter.Of(subjectId), Parameter.Of(wrapped));
        // Another process may have been first: what stands counts.
        return (await FindStandingAsync(database, [subjectId], ct))[0];
    }

    async Task<IReadOnlyList<PersonalKey>> FindStandingAsync(PostgresDatabase database, IReadOnlyList<string> subjectIds, CancellationToken ct)
    {
        var ids = new NpgsqlParameter<string[]> { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text, TypedValue = [.. subjectIds] };
        return await database.QueryAsync(ReadPersonalKeys, Key, ct, ids);
    }

    PersonalKey Key(NpgsqlDataReader row)
    {
        var subjectId = row.GetString(0);
        return row.IsDBNull(1)
            ? PersonalKey.Destroyed(subjectId)
            : PersonalKey.FromBytes(subjectId, _master.Unwrap(subjectId, row.GetFieldValue<byte[]>(1)));
    }
}
