using Crescent.EventStore.PersonalData;
using Crescent.ReadModels.Projections;
using Crescent.ReadModels.Storage;

namespace Crescent.ReadModels.Users;

/// <summary>Questions to the read model of users.</summary>
public sealed class UserQueries(ViewsDatabase views, IPersonalKeys keys, BlindIndex index)
{
    private static readonly ViewSql s_find = ViewSql.Same(typeof(UserQueries), "FindUser");
    private static readonly ViewSql s_list = ViewSql.Same(typeof(UserQueries), "ListUsers");
    private static readonly ViewSql s_search = ViewSql.Each(typeof(UserQueries), "SearchUsers");

    /// <summary>One user, erased ones included; null if there is none.</summary>
    public async Task<UserRow?> FindAsync(string userId, CancellationToken ct = default)
    {
        var found = await views.QueryAsync(s_find, Map, ct, userId);
        return await DecryptAsync(found, ct) is [var user] ? user.Row : null;
    }

    /// <summary>
    /// Users that are not erased, newest first. With a search, those that have for each of its words a word in their name
    /// or address that begins with it; none if it says too little to search for.
    /// </summary>
    public async Task<Page<UserRow>> ListAsync(string? search, PageRequest page, CancellationToken ct = default)
    {
        var before = page.PositionOr(long.MaxValue);
        List<Listed<UserRow>> rows;
        if (string.IsNullOrWhiteSpace(search))
            rows = await views.QueryAsync(s_list, Map, ct, before, page.RowsToRead);
        else if (index.TokensOfQuery(search) is [var first, .. var rest])
            rows = await views.QueryAsync(s_search, Map, ct, first, before, rest, page.RowsToRead);
        else
            rows = [];
        return Page.Of(await DecryptAsync(rows, ct), page);
    }

    internal static Listed<UserRow> Map(IRow row) => new(row.Int64(0), new UserRow(
        row.String(1), row.StringOrNull(3), row.StringOrNull(4), row.String(2), row.Time(5), row.Time(6), row.Int32(7)));

    private async Task<List<Listed<UserRow>>> DecryptAsync(List<Listed<UserRow>> rows, CancellationToken ct)
    {
        if (rows.Count == 0) return rows;
        var found = await keys.FindAsync([.. rows.Select(static row => row.Row.Id)], ct);
        return rows.ConvertAll(row => row with
        {
            Row = row.Row with
            {
                Email = PersonalText.Unprotect(found, row.Row.Id, row.Row.Email),
                Name = PersonalText.Unprotect(found, row.Row.Id, row.Row.Name),
            },
        });
    }
}
