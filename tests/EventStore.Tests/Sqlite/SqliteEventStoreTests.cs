using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Crescent.EventStore.PersonalData;
using Crescent.EventStore.Sqlite;
using Crescent.Testing;
using Microsoft.Extensions.DependencyInjection;
using static Crescent.EventStore.Tests.Sample;

namespace Crescent.EventStore.Tests.Sqlite;

/// <summary>What only a store in a file can do right or wrong.</summary>
public sealed class SqliteEventStoreTests : IDisposable
{
    readonly SqliteFixture _fixture = new();
    readonly StreamName _stream = NewStream();

    IEventStore Store => _fixture.Store;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Open_Again_FindsEverythingAsItWas()
    {
        await Store.AppendAsync(Request(_stream, 0, Joined("m1"), Counted()), Ct);
        await Store.WriteSnapshotAsync(State("m1"), Ct);
        await _fixture.Keys.DestroyAsync("m2", Ct);

        _fixture.Reopen();

        Assert.Equal(2, _fixture.Signal.Head);
        Assert.Equal(Joined("m1"), (await Store.ReadStreamAsync(_stream, 0, 10, Ct))[0].Event);
        Assert.Equal("Ada Lovelace", (await Store.ReadSnapshotAsync<SampleState>(_stream, Ct))!.State.Name);
        Assert.True((await _fixture.Keys.GetOrCreateAsync("m2", Ct)).IsDestroyed);
        Assert.Equal(new AppendResult.Appended(3, 3), await Store.AppendAsync(Request(_stream, 2, Counted()), Ct));
    }

    [Fact]
    public async Task Append_Answered_IsInTheFileForEverybody()
    {
        var result = Assert.IsType<AppendResult.Appended>(await Store.AppendAsync(Request(_stream, 0, Counted()), Ct));

        using var other = new SqliteSession(_fixture.DatabasePath, TimeSpan.Zero);
        Assert.Equal(result.LastPosition, other.Statement("SELECT max(position) FROM events").FirstOrDefault(row => row.GetInt64(0)));
    }

    [Fact]
    public async Task Files_PersonalData_IsNowhereInPlaintext()
    {
        await Store.AppendAsync(Request(_stream, 0, Joined("m1")), Ct);
        await Store.WriteSnapshotAsync(State("m1"), Ct);
        AssertNotInFiles("Ada Lovelace", "12 Square", "London", "ada@example.org");

        _fixture.Close();

        AssertNotInFiles("Ada Lovelace", "12 Square", "London", "ada@example.org");
    }

    [Fact]
    public async Task Destroy_WrappedKey_IsInNoFileAnyMore()
    {
        await Store.AppendAsync(Request(_stream, 0, Joined("m1"), Joined("m2")), Ct);
        var (wrapped, kept) = (WrappedKey("m1"), WrappedKey("m2"));
        Assert.Contains(Files(), file => Contains(file, wrapped));

        await _fixture.Keys.DestroyAsync("m1", Ct);

        Assert.DoesNotContain(Files(), file => Contains(file, wrapped));
        Assert.Contains(Files(), file => Contains(file, kept));
    }

    [Fact]
    public void Open_OtherMasterKey_IsRefused()
    {
        _fixture.Close();
        var options = _fixture.Options with { MasterKey = RandomNumberGenerator.GetBytes(32) };

        Assert.Throws<WrongMasterKeyException>(() => SqliteEventStore.Open(options, Types, TimeProvider.System));
    }

    [Fact]
    public void Open_SchemaOfANewerRelease_IsRefused()
    {
        using (var session = new SqliteSession(_fixture.DatabasePath, TimeSpan.Zero))
            session.ExecuteScript("UPDATE schema_versions SET version = 99");
        _fixture.Close();

        var refusal = Assert.Throws<SchemaTooNewException>(() => SqliteEventStore.Open(_fixture.Options, Types, TimeProvider.System));
        Assert.Contains("has version 99 of the events tables", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_WrongOptions_AreNamed()
    {
        var options = _fixture.Options;

        Assert.Contains("MasterKey", Refusal(options with { MasterKey = new byte[16] }), StringComparison.Ordinal);
        Assert.Contains("Retries", Refusal(options with { Retries = -1 }), StringComparison.Ordinal);
        Assert.Contains("Readers", Refusal(options with { Database = options.Database with { Readers = 0 } }), StringComparison.Ordinal);

        static string Refusal(SqliteEventStoreOptions options) =>
            Assert.Throws<ArgumentException>(() => SqliteEventStore.Open(options, Types, TimeProvider.System)).Message;
    }

    [Fact]
    public async Task Append_LockedByAnotherProcess_IsUnavailableAndStandsOnceAfterARetry()
    {
        var request = Request(_stream, 0, Counted());
        using (var other = new SqliteSession(_fixture.DatabasePath, TimeSpan.Zero))
        {
            other.ExecuteScript("BEGIN IMMEDIATE");
            await Assert.ThrowsAsync<EventStoreUnavailableException>(async () => await Store.AppendAsync(request, Ct));
            other.ExecuteScript("ROLLBACK");
        }

        Assert.Equal(new AppendResult.Appended(1, 1), await Store.AppendAsync(request, Ct));
        Assert.Equal(1, await Store.ReadHeadAsync(Ct));
    }

    [Fact]
    public async Task Append_TroubleThatPasses_IsRetriedWithinItsBounds()
    {
        _fixture.Close();
        var time = new ManualTime();
        using var store = SqliteEventStore.Open(_fixture.Options with { Retries = 2, RetryDelay = TimeSpan.FromSeconds(1) }, Types, time);
        using var other = new SqliteSession(_fixture.DatabasePath, TimeSpan.Zero);
        other.ExecuteScript("BEGIN IMMEDIATE");
        var append = store.AppendAsync(Request(_stream, 0, Counted()), Ct).AsTask();

        await time.AdvanceToNextAsync(Ct);
        await time.WhenArmedAsync().WaitAsync(TimeSpan.FromSeconds(30), Ct);
        other.ExecuteScript("ROLLBACK");
        await time.AdvanceToNextAsync(Ct);

        Assert.Equal(new AppendResult.Appended(1, 1), await append);
    }

    [Fact]
    public async Task Append_FullDisk_IsUnavailableAndNothingStands()
    {
        await Store.AppendAsync(Request(_stream, 0, Counted()), Ct);
        _fixture.Close();
        using var store = SqliteEventStore.Open(_fixture.Options, Types, TimeProvider.System);
        await LimitPages(store);
        var big = new SampleEvent.Opened(new string('x', 3_000_000), 1m, SampleKind.Small, []);

        await Assert.ThrowsAsync<EventStoreUnavailableException>(async () => await store.AppendAsync(Request(_stream, 1, big), Ct));

        Assert.Equal(1, await store.ReadHeadAsync(Ct));
        Assert.Equal(new AppendResult.Appended(2, 2), await store.AppendAsync(Request(_stream, 1, Counted()), Ct));
    }

    [Fact]
    public async Task Append_Closed_IsUnavailable()
    {
        _fixture.Close();

        await Assert.ThrowsAsync<EventStoreUnavailableException>(async () => await Store.AppendAsync(Request(_stream, 0, Counted()), Ct));
        await Assert.ThrowsAsync<EventStoreUnavailableException>(() => Store.ReadHeadAsync(Ct));
    }

    [Fact]
    public async Task AddSqliteEventStore_Decorated_DecoratorSeesEveryAppend()
    {
        _fixture.Close();
        var services = new ServiceCollection();
        services.AddSqliteEventStore(Types, _ => _fixture.Options);
        services.AddSingleton<IEventStore>(provider => new CountingStore(provider.GetRequiredService<SqliteEventStore>()));
        await using var provider = services.BuildServiceProvider();

        await provider.GetRequiredService<IEventStore>().AppendAsync(Request(_stream, 0, Counted()), Ct);

        Assert.Equal(1, Assert.IsType<CountingStore>(provider.GetRequiredService<IEventStore>()).Appends);
        Assert.Same(provider.GetRequiredService<IEventStore>(), provider.GetRequiredService<IEventReader>());
        Assert.Equal(1, provider.GetRequiredService<ILogSignal>().Head);
    }

    static Task<long> LimitPages(SqliteEventStore store) => store.Database.WriteAsync(
        session => session.Statement("PRAGMA max_page_count = 200").FirstOrDefault(row => row.GetInt64(0)), Ct);

    Snapshot<SampleState> State(string member) =>
        new(_stream, 1, new SampleState(member, "Ada Lovelace", ImmutableDictionary<string, int>.Empty));

    byte[] WrappedKey(string subject)
    {
        using var session = new SqliteSession(_fixture.DatabasePath, TimeSpan.Zero);
        return session.Statement("SELECT wrapped_key FROM personal_keys WHERE subject_id = ?1").Bind(1, subject)
            .FirstOrDefault(row => row.GetBytes(0).ToArray())!;
    }

    void AssertNotInFiles(params string[] texts) =>
        Assert.All(texts, text => Assert.DoesNotContain(Files(), file => Contains(file, Encoding.UTF8.GetBytes(text))));

    string[] Files() => Directory.GetFiles(_fixture.Folder);

    static bool Contains(string path, byte[] bytes)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var content = new byte[file.Length];
        file.ReadExactly(content);
        return content.AsSpan().IndexOf(bytes) >= 0;
    }
}
