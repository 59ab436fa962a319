using Crescent.Domain.Users;
using Crescent.EventStore;
using Crescent.EventStore.Sqlite;
using Crescent.ReadModels.Projections;

namespace Crescent.ReadModels.Users;

/// <summary>Users, found by id and by the words of their name and address. What is personal is stored encrypted.</summary>
public sealed class UserProjection(BlindIndex index) : IProjection
{
    public const string ProjectionName = "users";

    private static readonly string s_add = Load("AddUser");
    private static readonly string s_change = Load("ChangeUser");
    private static readonly string s_setStatus = Load("SetUserStatus");
    private static readonly string s_erase = Load("EraseUser");
    private static readonly string s_addWord = Load("AddUserWord");
    private static readonly string s_removeWords = Load("RemoveUserWords");
    private static readonly string s_findPosition = Load("FindUserPosition");
    private static readonly string s_clear = Load("ClearUsers");
    private static readonly string s_clearWords = Load("ClearUserWords");

    public string Name => ProjectionName;

    public int Version => 1;

    public void Clear(SqliteSession session)
    {
        session.Statement(s_clear).Execute();
        session.Statement(s_clearWords).Execute();
    }

    public void Apply(ProjectionBatch batch, RecordedEvent recorded)
    {
        switch (recorded.Event)
        {
            case UserEvent.Created e:
                batch.Statement(s_add)
                    .Bind(1, recorded.Position).Bind(2, e.UserId).Bind(3, batch.Protect(e.UserId, e.Email)).Bind(4, batch.Protect(e.UserId, e.Name))
                    .Bind(5, e.At).Bind(6, recorded.Version).Execute();
                AddWords(batch, recorded.Position, e.UserId, e.Email, e.Name);
                break;
            case UserEvent.Updated e:
                batch.Statement(s_change)
                    .Bind(1, e.UserId).Bind(2, batch.Protect(e.UserId, e.Email)).Bind(3, batch.Protect(e.UserId, e.Name))
                    .Bind(4, e.At).Bind(5, recorded.Version).Execute();
                var position = FindPosition(batch, e.UserId);
                RemoveWords(batch, position);
                AddWords(batch, position, e.UserId, e.Email, e.Name);
                break;
            case UserEvent.Deactivated e:
                batch.Statement(s_setStatus).Bind(1, e.UserId).Bind(2, "inactive").Bind(3, e.At).Bind(4, recorded.Version).Execute();
                break;
            case UserEvent.Erased e:
                batch.Statement(s_erase).Bind(1, e.UserId).Bind(2, e.At).Bind(3, recorded.Version).Execute();
                RemoveWords(batch, FindPosition(batch, e.UserId));
                break;
        }
    }

    private void AddWords(ProjectionBatch batch, long position, string userId, string? email, string? name)
    {
        // Once the key is destroyed the words are gone as well, although the event that erases the user is still to come.
        if (batch.IsErased(userId)) return;
        foreach (var word in index.TokensOf(email, name))
            batch.Statement(s_addWord).Bind(1, word).Bind(2, position).Execute();
    }

    private static void RemoveWords(ProjectionBatch batch, long position) =>
        batch.Statement(s_removeWords).Bind(1, position).Execute();

    private static long FindPosition(ProjectionBatch batch, string userId) =>
        batch.Statement(s_findPosition).Bind(1, userId).FirstOrDefault(static row => row.GetInt64(0));

    private static string Load(string name) => SqlText.Load(typeof(UserProjection), name);
}
