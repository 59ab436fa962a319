using System.Security.Cryptography;
using Crescent.EventStore.PersonalData;

namespace Crescent.EventStore.Sqlite;

/// <summary>Personal keys in the events' database, wrapped by the master key.</summary>
sealed class SqlitePersonalKeys : CachedPersonalKeys
{
    static readonly string ReadPersonalKey = SqlText.Load(typeof(SqlitePersonalKeys), "ReadPersonalKey");
    static readonly string AddPersonalKey = SqlText.Load(typeof(SqlitePersonalKeys), "AddPersonalKey");
    static readonly string DestroyPersonalKey = SqlText.Load(typeof(SqlitePersonalKeys), "DestroyPersonalKey");

    readonly SqliteDatabase _database;
    readonly MasterKey _master;
    readonly StoreRetry _retry;

    public SqlitePersonalKeys(SqliteDatabase database, MasterKey master, StoreRetry retry, PersonalKeyCache cache) : base(cache) =>
        (_database, _master, _retry) = (database, master, retry);

    /// <summary>Makes sure at start that the master key is the one this database was written with.</summary>
    /// <exception cref="WrongMasterKeyException">It is another one.</exception>
    public void CheckMasterKey(SqliteSession session)
    {
        try
        {
            Create(session, MasterKey.ProbeSubject).Dispose();
        }
        catch (CryptographicException e)
        {
            throw new WrongMasterKeyException(_database.FilePath, e);
        }
    }

    protected override Task<PersonalKey> CreateKeyAsync(string subjectId, CancellationToken ct) =>
        _retry.RunAsync(() => _database.WriteAsync(session => Create(session, subjectId), ct), ct);

    protected override Task<IReadOnlyList<PersonalKey>> LoadKeysAsync(IReadOnlyList<string> subjectIds, CancellationToken ct) =>
        _retry.RunAsync(() => _database.ReadAsync<IReadOnlyList<PersonalKey>>(
            session => [.. subjectIds.Select(id => Find(session, id)).OfType<PersonalKey>()], ct), ct);

    protected override Task DestroyKeyAsync(string subjectId, CancellationToken ct) =>
        _retry.RunAsync(() => _database.WriteAsync(session => session.Statement(DestroyPersonalKey).Bind(1, subjectId).Execute(), ct), ct);

    protected override async Task PurgeAsync()
    {
        // The wrapped key is overwritten in the file, but the log may still have the page as it was.
        if (!await _retry.RunAsync(() => _database.CheckpointAsync(), CancellationToken.None).ConfigureAwait(false))
            throw new EventStoreUnavailableException("A personal key is destroyed, but a long query keeps its last copy in the write-ahead log; destroy it once more.");
    }

    PersonalKey Create(SqliteSession session, string subjectId)
    {
        if (Find(session, subjectId) is { } standing) return standing;
        var key = RandomNumberGenerator.GetBytes(PersonalKey.Size);
        session.Statement(AddPersonalKey).Bind(1, subjectId).BindBlob(2, _master.Wrap(subjectId, key)).Execute();
        return PersonalKey.FromBytes(subjectId, key);
    }

    PersonalKey? Find(SqliteSession session, string subjectId)
    {
        var row = session.Statement(ReadPersonalKey).Bind(1, subjectId);
        if (!row.Step()) return null;
        return row.IsNull(0)
            ? PersonalKey.Destroyed(subjectId)
            : PersonalKey.FromBytes(subjectId, _master.Unwrap(subjectId, row.GetBytes(0)));
    }
}
