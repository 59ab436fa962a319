using System.Text.Json;
using Crescent.EventStore;
using Crescent.EventStore.PersonalData;
using Crescent.EventStore.Sqlite;
using Crescent.ReadModels.Projections;

namespace Crescent.ReadModels.Users;

/// <summary>Questions to the read model of users.</summary>
public sealed class UserQueries(ViewsDatabase views, IPersonalKeys keys, BlindIndex index)
{
    private static readonly string s_find = Load("FindUser");
    private static readonly string s_list = Load("ListUsers");
    private static readonly string s_search = Load("SearchUsers");

    /// <summary>One user, erased ones included; null if there is none.</summary>
    public async Task<UserRow?> FindAsync(string userId, CancellationToken ct = default)
    {
        var found = await views.Sqlite.ReadAsync(session => session.Statement(s_find).Bind(1, userId).FirstOrDefault(Map), ct);
        return found.Row is null ? null : (await DecryptAsync([found], ct))[0].Row;
    }

    /// <summary>
    /// Users that are not erased, newest first. With a search, those that have for each of its words a word in their name
    /// or address that begins with it; none if it says too little to search for.
    /// </summary>
    public async Task<Page<UserRow>> ListAsync(string? search, PageRequest page, CancellationToken ct = default)
    {
        var before = page.PositionOr(long.MaxValue);
        List<(long Position, UserRow Row)> rows;
        if (string.IsNullOrWhiteSpace(search))
            rows = await views.Sqlite.ReadAsync(session => session.Statement(s_list).Bind(1, before).Bind(2, page.RowsToRead).ToList(Map), ct);
        else if (index.TokensOfQuery(search) is [var first, .. var rest])
            rows = await views.Sqlite.ReadAsync(session => session.Statement(s_search)
                .Bind(1, first).Bind(2, before).Bind(3, JsonSerializer.Serialize(rest)).Bind(4, page.RowsToRead).ToList(Map), ct);
        else
            rows = [];
        return Page.Of(await DecryptAsync(rows, ct), page);
    }

    private async Task<List<(long Position, UserRow Row)>> DecryptAsync(List<(long Position, UserRow Row)> rows, CancellationToken ct)
    {
        var found = await keys.FindAsync([.. rows.Select(static row => row.Row.Id)], ct);
        return rows.ConvertAll(row => (row.Position, row.Row with
        {
            Email = PersonalText.Unprotect(found, row.Row.Id, row.Row.Email),
            Name = PersonalText.Unprotect(found, row.Row.Id, row.Row.Name),
        }));
    }

    private static (long Position, UserRow Row) Map(SqliteStatement row) => (row.GetInt64(0), new UserRow(
        row.GetString(1), row.GetStringOrNull(3), row.GetStringOrNull(4), row.GetString(2), row.GetTime(5), row.GetTime(6), row.GetInt32(7)));

    private static string Load(string name) => SqlText.Load(typeof(UserQueries), name);
}
