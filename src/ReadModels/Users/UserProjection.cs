using Crescent.Domain.Users;
using Crescent.EventStore;
using Crescent.ReadModels.Projections;
using Crescent.ReadModels.Storage;

namespace Crescent.ReadModels.Users;

/// <summary>Users, found by id and by the words of their name and address. What is personal is stored encrypted.</summary>
internal sealed class UserProjection(BlindIndex index) : IProjection
{
    private static readonly ViewSql s_read = ViewSql.Each(typeof(UserProjection), "ReadUsers");

    private static readonly RowWriter<Listed<UserRow>> s_write = RowWriter<Listed<UserRow>>.Load(typeof(UserProjection), "WriteUsers")
        .Int64(static it => it.Position).Text(static it => it.Row.Id).Text(static it => it.Row.Status).Text(static it => it.Row.Email)
        .Text(static it => it.Row.Name).Time(static it => it.Row.CreatedAt).Time(static it => it.Row.UpdatedAt).Int32(static it => it.Row.Version);

    private static readonly RowWriter<long> s_removeWords = RowWriter<long>.Load(typeof(UserProjection), "RemoveUserWords")
        .Int64(static position => position);

    private static readonly RowWriter<Listed<string>> s_addWords = RowWriter<Listed<string>>.Load(typeof(UserProjection), "AddUserWords")
        .Text(static it => it.Row).Int64(static it => it.Position);

    private static readonly IRowWrite s_clear = RowWriter.Once(typeof(UserProjection), "ClearUsers");
    private static readonly IRowWrite s_clearWords = RowWriter.Once(typeof(UserProjection), "ClearUserWords");

    public string Name => ProjectionNames.Users;

    public int Version => 1;

    public IReadOnlyList<IRowWrite> Clear() => [s_clear, s_clearWords];

    public async Task<IReadOnlyList<IRowWrite>> ApplyAsync(ProjectionBatch batch, CancellationToken ct)
    {
        var changed = batch.Events.Where(static recorded => recorded.Event is UserEvent and not UserEvent.Created).Select(static recorded => recorded.Stream.Id);
        var users = await Rows<Listed<UserRow>>.ReadAsync(batch.Views, s_read, UserQueries.Map, static it => it.Row.Id, changed, ct);
        var words = new Dictionary<long, IReadOnlySet<string>>();
        foreach (var recorded in batch.Events)
        {
            if (recorded.Event is not UserEvent happened) continue;
            if (Evolve(users[recorded.Stream.Id], happened, recorded, batch) is not { } user) continue;
            users[recorded.Stream.Id] = user;
            if (WordsAfter(happened, batch) is { } found) words[user.Position] = found;
        }

        return
        [
            s_write.Of(users.Changed),
            s_removeWords.Of([.. words.Keys]),
            s_addWords.Of([.. words.SelectMany(static of => of.Value.Select(word => new Listed<string>(of.Key, word)))]),
        ];
    }

    private static Listed<UserRow>? Evolve(Listed<UserRow>? before, UserEvent happened, RecordedEvent recorded, ProjectionBatch batch)
    {
        if (happened is UserEvent.Created created)
            return new Listed<UserRow>(recorded.Position, new UserRow(
                created.UserId, batch.Protect(created.UserId, created.Email), batch.Protect(created.UserId, created.Name), "active",
                created.At, created.At, recorded.Version));

        if (before is not { } user) return null;
        var row = user.Row with { Version = recorded.Version };
        return user with
        {
            Row = happened switch
            {
                UserEvent.Updated e => row with { Email = batch.Protect(e.UserId, e.Email), Name = batch.Protect(e.UserId, e.Name), UpdatedAt = e.At },
                UserEvent.Deactivated e => row with { Status = "inactive", UpdatedAt = e.At },
                UserEvent.Erased e => row with { Status = "erased", Email = null, Name = null, UpdatedAt = e.At },
                _ => throw new InvalidOperationException($"What {happened.GetType()} does to a user is not known here."),
            },
        };
    }

    /// <summary>The words by which the user is found from now on; null where nothing changes that.</summary>
    private IReadOnlySet<string>? WordsAfter(UserEvent happened, ProjectionBatch batch) => happened switch
    {
        UserEvent.Created e => WordsOf(batch, e.UserId, e.Email, e.Name),
        UserEvent.Updated e => WordsOf(batch, e.UserId, e.Email, e.Name),
        UserEvent.Erased => new HashSet<string>(),
        _ => null,
    };

    /// <summary>Once the key is destroyed the words are gone as well, although the event that erases the user is still to come.</summary>
    private IReadOnlySet<string> WordsOf(ProjectionBatch batch, string userId, string? email, string? name) =>
        batch.IsErased(userId) ? new HashSet<string>() : index.TokensOf(email, name);
}
