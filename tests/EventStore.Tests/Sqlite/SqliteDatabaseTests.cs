using Crescent.EventStore.Sqlite;

namespace Crescent.EventStore.Tests.Sqlite;

public sealed class SqliteDatabaseTests : IDisposable
{
    const string Insert = "INSERT INTO t (id, text) VALUES (?1, ?2)";
    const string Count = "SELECT count(*) FROM t";

    readonly string _folder = Directory.CreateTempSubdirectory("crescent-sqlite-").FullName;
    readonly SqliteDatabase _database;

    public SqliteDatabaseTests()
    {
        _database = SqliteDatabase.Open(Options);
        _database.Initialize(session => session.ExecuteScript("CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT) STRICT"));
    }

    SqliteDatabaseOptions Options => new() { Path = Path.Combine(_folder, "t.db"), BusyTimeout = TimeSpan.Zero };

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _database.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("PRAGMA journal_mode", "wal")]
    [InlineData("PRAGMA synchronous", "2")]
    [InlineData("PRAGMA secure_delete", "1")]
    [InlineData("PRAGMA fullfsync", "1")]
    [InlineData("PRAGMA temp_store", "2")]
    public async Task Open_EveryConnection_HasTheSettingsDurabilityNeeds(string pragma, string expected)
    {
        Assert.Equal(expected, await _database.WriteAsync(Setting, Ct));
        Assert.Equal(expected, await _database.ReadAsync(Setting, Ct));

        string? Setting(SqliteSession session) => session.Statement(pragma).FirstOrDefault(row => row.GetString(0));
    }

    [Fact]
    public async Task Write_ManyAtOnce_AllStand()
    {
        await Task.WhenAll(Enumerable.Range(1, 500).Select(id => InsertAsync(id)));

        Assert.Equal(500, await CountAsync());
    }

    [Fact]
    public async Task Write_OneThrowsAmongMany_IsUndoneAlone()
    {
        var writes = Enumerable.Range(1, 100).Select(id => _database.WriteAsync(session =>
        {
            session.Statement(Insert).Bind(1, id).Bind(2, "text").Execute();
            if (id % 10 == 0) throw new InvalidOperationException($"Not {id}.");
        }, Ct)).ToList();
        await Task.WhenAll(writes).ContinueWith(_ => { }, Ct, TaskContinuationOptions.None, TaskScheduler.Default);

        Assert.Equal(10, writes.Count(write => write.IsFaulted));
        Assert.Equal(90, await CountAsync());
    }

    [Fact]
    public async Task Write_ConstraintRefuses_ThrowsAndTheWriterGoesOn()
    {
        await InsertAsync(1);

        var error = await Assert.ThrowsAsync<SqliteErrorException>(() => InsertAsync(1));

        Assert.True(error.IsConstraint);
        Assert.False(error.IsTransient);
        await InsertAsync(2);
        Assert.Equal(2, await CountAsync());
    }

    [Fact]
    public async Task Write_WhileAnotherConnectionHoldsTheLock_FailsAsTransientAndLaterWorks()
    {
        using (var other = new SqliteSession(Options.Path, TimeSpan.Zero))
        {
            other.ExecuteScript("BEGIN IMMEDIATE");
            var error = await Assert.ThrowsAsync<SqliteErrorException>(() => InsertAsync(1));
            Assert.True(error.IsTransient);
            other.ExecuteScript("ROLLBACK");
        }

        await InsertAsync(1);
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task Write_Cancelled_DoesNothing()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _database.WriteAsync(
            session => session.Statement(Insert).Bind(1, 1).Bind(2, "text").Execute(), cancelled.Token));
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task Read_AttemptToWrite_IsRefused() =>
        await Assert.ThrowsAsync<SqliteErrorException>(() => _database.ReadAsync(
            session => session.Statement(Insert).Bind(1, 1).Bind(2, "text").Execute(), Ct));

    [Fact]
    public async Task Read_HalfReadStatement_HoldsNoTransactionOpen()
    {
        for (var id = 1; id <= 10; id++) await InsertAsync(id);
        await _database.ReadAsync(session => session.Statement("SELECT id FROM t").Step(), Ct);

        Assert.True(await _database.CheckpointAsync(Ct));
        Assert.Equal(0, new FileInfo(Options.Path + "-wal").Length);
    }

    [Fact]
    public async Task Statement_Values_ComeBackAsTheyWere()
    {
        var id = Guid.CreateVersion7();
        var row = await _database.WriteAsync(session => session.Statement("SELECT ?1, ?2, ?3, ?4, ?5, ?6, $named")
            .Bind(1, id).Bind(2, Sample.Time).Bind(3, 12.340m).Bind(4, (string?)null).Bind(5, "").BindBlob(6, []).Bind(7, new string('한', 300))
            .FirstOrDefault(row => (row.GetGuid(0), row.GetTime(1), row.GetDecimal(2), row.GetStringOrNull(3), row.GetString(4), row.IsNull(5), row.GetString(6))), Ct);

        Assert.Equal((id, Sample.Time, 12.340m, null, "", false, new string('한', 300)), row);
    }

    [Fact]
    public async Task Dispose_QueuedWork_IsFinishedFirst()
    {
        var writes = Enumerable.Range(1, 200).Select(InsertAsync).ToList();
        _database.Dispose();

        await Task.WhenAll(writes);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => InsertAsync(1000));
    }

    [Fact]
    public void Open_NotADatabase_Throws()
    {
        var path = Path.Combine(_folder, "other.db");
        File.WriteAllText(path, new string('x', 10_000));

        Assert.Throws<SqliteErrorException>(() => SqliteDatabase.Open(new SqliteDatabaseOptions { Path = path }));
    }

    [Fact]
    public void Validate_WrongBounds_AreNamed()
    {
        Assert.Contains("Readers", Assert.Throws<ArgumentException>(() => (Options with { Readers = 0 }).Validate()).Message, StringComparison.Ordinal);
        Assert.Contains("QueueCapacity", Assert.Throws<ArgumentException>(() => (Options with { QueueCapacity = 0 }).Validate()).Message, StringComparison.Ordinal);
        Assert.Contains("Path", Assert.Throws<ArgumentException>(() => (Options with { Path = "" }).Validate()).Message, StringComparison.Ordinal);
    }

    Task<int> InsertAsync(int id) => _database.WriteAsync(session => session.Statement(Insert).Bind(1, id).Bind(2, "text").Execute(), Ct);

    Task<long> CountAsync() => _database.ReadAsync(session => session.Statement(Count).FirstOrDefault(row => row.GetInt64(0)), Ct);
}
