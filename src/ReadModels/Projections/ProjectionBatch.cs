using Crescent.EventStore.PersonalData;
using Crescent.EventStore.Sqlite;

namespace Crescent.ReadModels.Projections;

/// <summary>What a projection has at hand while it applies events: its transaction, and the keys of the users named in them.</summary>
public sealed class ProjectionBatch(SqliteSession session, IReadOnlyDictionary<string, PersonalKey> keys)
{
    public SqliteStatement Statement(string sql) => session.Statement(sql);

    /// <summary>A personal value as it may be stored: encrypted with the user's key, or null once it is erased.</summary>
    public string? Protect(string subjectId, string? value) => PersonalText.Protect(keys, subjectId, value);

    public bool IsErased(string subjectId) => !keys.TryGetValue(subjectId, out var key) || key.IsDestroyed;
}
