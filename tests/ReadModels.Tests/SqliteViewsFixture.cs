using System.Text;
using Crescent.EventStore;
using Crescent.EventStore.Sqlite;
using Crescent.ReadModels.Orders;
using Crescent.ReadModels.Projections;
using Crescent.ReadModels.Storage;
using Crescent.ReadModels.Storage.Sqlite;
using Crescent.Testing;

namespace Crescent.ReadModels.Tests;

/// <summary>Read models in a file.</summary>
public sealed class SqliteViewsFixture : ViewsFixture
{
    private readonly TempFolder _folder = new();
    private SqliteViews _views;

    public SqliteViewsFixture() => _views = Open();

    public override ViewsDatabase Views => _views;

    private SqliteDatabaseOptions Options => new() { Path = _folder.File("views.db") };

    public override ProjectionProgress Progress { get; } = new LocalProgress(TimeProvider.System);

    public override void Restart()
    {
        _views.Dispose();
        _views = Open();
    }

    public override async Task UpgradeFirstReleaseAsync(string orderId, IReadOnlyList<TimelineEntry> timeline)
    {
        _views.Dispose();
        foreach (var file in Directory.GetFiles(_folder.Path)) File.Delete(file);
        var rows = await FirstReleaseRowsAsync(orderId, timeline, time: "0", id: "x'00'");
        using (var database = SqliteDatabase.Open(Options))
        {
            await database.WriteAsync(session => session.ExecuteScript(
                $"""
                {SqlText.Load(typeof(SqliteViews), "Migrations.0001-read-models")}
                CREATE TABLE schema_versions (component TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT, WITHOUT ROWID;
                INSERT INTO schema_versions VALUES ('read-models', 1);
                {rows}
                """), Ct);
        }
        _views = Open();
    }

    public override Task FlushAsync() => _views.CheckpointAsync(Ct);

    public override async Task<string> ReadRawAsync()
    {
        var text = new StringBuilder();
        foreach (var file in Directory.GetFiles(_folder.Path))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            text.Append(await reader.ReadToEndAsync(Ct));
        }
        return text.ToString();
    }

    public override void Dispose()
    {
        _views.Dispose();
        _folder.Dispose();
    }

    private SqliteViews Open() => SqliteViews.Open(Options);
}
