using System.Data;
using System.Security.Cryptography;
using Crescent.EventStore.PersonalData;
using Crescent.EventStore.Postgres;
using Crescent.EventStore.Tests.Sqlite;
using Crescent.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using static Crescent.EventStore.Tests.Sample;

namespace Crescent.EventStore.Tests.Postgres;

/// <summary>What only a store on a server, shared by several processes, can do right or wrong.</summary>
public sealed class PostgresEventStoreTests : IDisposable
{
    static readonly TimeSpan s_never = TimeSpan.FromHours(1);

    readonly PostgresFixture _fixture = new();
    readonly StreamName _stream = NewStream();

    IEventStore Store => _fixture.Store;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Start_ManyAtOnceOnAnEmptyDatabase_MigrateOnce()
    {
        var stores = Enumerable.Range(0, 6).Select(_ => _fixture.Open(_fixture.Options with
        {
            Database = _fixture.Options.Database with { MaxConnections = 3 },
        })).ToList();

        await Task.WhenAll(stores.Select(store => store.StartAsync(Ct)));

        var results = await Task.WhenAll(stores.Select(store => store.AppendAsync(Request(NewStream(), 0, Counted()), Ct).AsTask()));
        Assert.Equal([1L, 2, 3, 4, 5, 6], results.Select(result => Assert.IsType<AppendResult.Appended>(result).LastPosition).Order());
    }

    [Fact]
    public async Task Start_SchemaOfANewerRelease_IsRefused()
    {
        await _fixture.Postgres.StartAsync(Ct);
        _fixture.Server.Execute(_fixture.Database, "UPDATE schema_versions SET version = 99");

        var refusal = await Assert.ThrowsAsync<SchemaTooNewException>(() => _fixture.Open(_fixture.Options).StartAsync(Ct));
        Assert.Contains("has version 99 of the events tables", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_OtherMasterKey_IsRefused()
    {
        await _fixture.Postgres.StartAsync(Ct);
        var other = _fixture.Open(_fixture.Options with { MasterKey = RandomNumberGenerator.GetBytes(PersonalKey.Size) });

        await Assert.ThrowsAsync<WrongMasterKeyException>(() => other.StartAsync(Ct));
    }

    [Fact]
    public async Task Start_NoServer_IsUnavailable()
    {
        var nowhere = _fixture.Open(_fixture.Options with
        {
            StartTimeout = TimeSpan.Zero,
            Database = _fixture.Options.Database with { ConnectionString = $"Host={_fixture.Server.Folder}/nowhere;Username=crescent" },
        });

        await Assert.ThrowsAsync<EventStoreUnavailableException>(() => nowhere.StartAsync(Ct));
        await Assert.ThrowsAsync<EventStoreUnavailableException>(() => nowhere.ReadHeadAsync(Ct));
    }

    [Fact]
    public async Task Start_ServerThatComesLater_IsWaitedFor()
    {
        var database = $"late_{Guid.CreateVersion7():N}";
        var time = new ManualTime();
        await using var store = _fixture.Open(
            _fixture.Options with { Database = _fixture.Options.Database with { ConnectionString = $"Host={_fixture.Server.Folder}/late;Username=crescent;Database={database}" } },
            time);
        var start = store.StartAsync(Ct);
        await time.WhenArmedAsync().WaitAsync(TimeSpan.FromSeconds(30), Ct);
        Assert.False(start.IsCompleted);

        Directory.CreateSymbolicLink(Path.Combine(_fixture.Server.Folder, "late"), _fixture.Server.Folder);
        _fixture.Server.Execute("postgres", $"CREATE DATABASE {database}");
        await time.AdvanceToNextAsync(Ct);

        await start.WaitAsync(TimeSpan.FromSeconds(30), Ct);
    }

    [Fact]
    public async Task Start_DatabaseWithoutUtf8_IsRefused()
    {
        _fixture.Server.Execute("postgres", "CREATE DATABASE ascii ENCODING 'SQL_ASCII' TEMPLATE template0");
        var store = _fixture.Open(_fixture.Options with
        {
            Database = _fixture.Options.Database with { ConnectionString = _fixture.Server.ConnectionString("ascii") },
        });

        var refusal = await Assert.ThrowsAsync<PostgresSettingException>(() => store.StartAsync(Ct));
        Assert.Contains("server_encoding is 'SQL_ASCII', but 'UTF8' is needed", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connection_RoleWithLooseSettings_CommitsDurablyAllTheSame()
    {
        _fixture.Server.Execute(_fixture.Database, $"ALTER DATABASE {_fixture.Database} SET synchronous_commit = off");
        _fixture.Server.Execute(_fixture.Database, $"ALTER DATABASE {_fixture.Database} SET default_transaction_isolation = serializable");

        var settings = await _fixture.Postgres.Database.QueryAsync(
            "SELECT current_setting('synchronous_commit'), current_setting('transaction_isolation')", row => (row.GetString(0), row.GetString(1)), Ct);

        _fixture.Server.Execute(_fixture.Database, $"ALTER DATABASE {_fixture.Database} RESET ALL");
        Assert.Equal([("on", "read committed")], settings);
    }

    [Fact]
    public void Options_Wrong_AreNamed()
    {
        var options = _fixture.Options;

        Assert.Contains("MasterKey", Refusal(options with { MasterKey = new byte[16] }), StringComparison.Ordinal);
        Assert.Contains("Retries", Refusal(options with { Retries = -1 }), StringComparison.Ordinal);
        Assert.Contains("QueueCapacity", Refusal(options with { QueueCapacity = 0 }), StringComparison.Ordinal);
        Assert.Contains("PollInterval", Refusal(options with { PollInterval = TimeSpan.Zero }), StringComparison.Ordinal);
        Assert.Contains("MaxConnections", Refusal(options with { Database = options.Database with { MaxConnections = 2 } }), StringComparison.Ordinal);
        Assert.Contains("names no Host", Refusal(options with { Database = options.Database with { ConnectionString = "Username=a" } }), StringComparison.Ordinal);
        Assert.Contains("colour", Refusal(options with { Database = options.Database with { ConnectionString = "Host=a;Colour=red" } }), StringComparison.Ordinal);

        string Refusal(PostgresEventStoreOptions options) => Assert.Throws<ArgumentException>(() => _fixture.Open(options)).Message;
    }

    [Fact]
    public async Task Signal_AppendOfAnotherProcess_IsToldOf()
    {
        var other = _fixture.Open(_fixture.Options with { PollInterval = s_never });
        await other.StartAsync(Ct);

        await Store.AppendAsync(Request(_stream, 0, Counted(), Counted()), Ct);

        await other.Signal.WaitBeyondAsync(1, Ct).WaitAsync(TimeSpan.FromSeconds(10), Ct);
        Assert.Equal(2, other.Signal.Head);
    }

    [Fact]
    public async Task Signal_NotToldOf_MovesByPolling()
    {
        var other = _fixture.Open(_fixture.Options with { PollInterval = TimeSpan.FromMilliseconds(20) });
        await other.StartAsync(Ct);

        _fixture.Server.Execute(_fixture.Database, "UPDATE log_head SET position = 5");

        await other.Signal.WaitBeyondAsync(4, Ct).WaitAsync(TimeSpan.FromSeconds(10), Ct);
    }

    [Fact]
    public async Task Listener_TransactionOpenForLong_IsWarnedOf()
    {
        var log = new WarningLog();
        await using var old = _fixture.Server.Connect(_fixture.Database);
        await using var transaction = await old.BeginTransactionAsync(IsolationLevel.RepeatableRead, Ct);
        await new NpgsqlCommand("SELECT count(*) FROM pg_class", old).ExecuteNonQueryAsync(Ct);

        await using var store = new PostgresEventStore(
            _fixture.Options with { PollInterval = TimeSpan.FromMilliseconds(10), OldSnapshotAlarm = TimeSpan.FromMilliseconds(1) },
            Types, TimeProvider.System, log);
        await store.StartAsync(Ct);

        Assert.Contains("appends become slower", await log.Warnings.Reader.ReadAsync(Ct).AsTask().WaitAsync(TimeSpan.FromSeconds(10), Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Destroy_ByAnotherProcess_OpensNothingHereAnyMore()
    {
        var other = _fixture.Open(_fixture.Options with { PollInterval = s_never, PersonalKeyLifetime = s_never });
        await Store.AppendAsync(Request(_stream, 0, Joined("m1")), Ct);
        Assert.Equal(Joined("m1"), (await other.ReadStreamAsync(_stream, 0, 1, Ct))[0].Event);
        var key = await other.PersonalKeys.GetOrCreateAsync("m1", Ct);

        await _fixture.Keys.DestroyAsync("m1", Ct);
        // Told of in the order of the commits.
        await Store.AppendAsync(Request(NewStream(), 0, Counted()), Ct);
        await other.Signal.WaitBeyondAsync(1, Ct).WaitAsync(TimeSpan.FromSeconds(10), Ct);

        Assert.True(key.IsDestroyed);
        Assert.Equal("[erased]", Assert.IsType<SampleEvent.Joined>((await other.ReadStreamAsync(_stream, 0, 1, Ct))[0].Event).Name);
    }

    [Fact]
    public async Task Destroy_NotToldOf_IsNoticedWithinTheLifetimeOfAKey()
    {
        var time = new ManualTime();
        var other = _fixture.Open(_fixture.Options with { PersonalKeyLifetime = TimeSpan.FromSeconds(30) }, time);
        var key = await other.PersonalKeys.GetOrCreateAsync("m1", Ct);
        _fixture.Server.Execute(_fixture.Database, "UPDATE personal_keys SET wrapped_key = NULL WHERE subject_id = 'm1'");
        Assert.False((await other.PersonalKeys.GetOrCreateAsync("m1", Ct)).IsDestroyed);

        time.Advance(TimeSpan.FromSeconds(31));

        Assert.True((await other.PersonalKeys.GetOrCreateAsync("m1", Ct)).IsDestroyed);
        Assert.True(key.IsDestroyed);
    }

    [Fact]
    public async Task Tables_PersonalData_IsNowhereInPlaintext()
    {
        await Store.AppendAsync(Request(_stream, 0, Joined("m1")), Ct);

        var data = _fixture.Server.Query<string>(_fixture.Database, "SELECT data::text FROM events");

        Assert.All(["Ada", "Square", "London", "ada@example.org"], text => Assert.DoesNotContain(text, data, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Append_Closed_IsUnavailable()
    {
        await _fixture.Postgres.StartAsync(Ct);
        await _fixture.Postgres.DisposeAsync();

        await Assert.ThrowsAsync<EventStoreUnavailableException>(async () => await Store.AppendAsync(Request(_stream, 0, Counted()), Ct));
        await Assert.ThrowsAsync<EventStoreUnavailableException>(() => Store.ReadHeadAsync(Ct));
    }

    [Fact]
    public async Task Dispose_QueuedAppends_AreCommittedFirst()
    {
        var store = _fixture.Open(_fixture.Options);
        await store.StartAsync(Ct);
        var appends = Enumerable.Range(0, 200).Select(_ => store.AppendAsync(Request(NewStream(), 0, Counted()), Ct).AsTask()).ToList();
        await store.DisposeAsync();

        await Task.WhenAll(appends);
        Assert.Equal(200, await Store.ReadHeadAsync(Ct));
    }

    [Fact]
    public async Task AddPostgresEventStore_Decorated_StartsWithTheHostAndDecoratorSeesEveryAppend()
    {
        var services = new ServiceCollection();
        services.AddPostgresEventStore(Types, _ => _fixture.Options);
        services.AddSingleton<IEventStore>(provider => new CountingStore(provider.GetRequiredService<PostgresEventStore>()));
        await using var provider = services.BuildServiceProvider();
        foreach (var hosted in provider.GetServices<IHostedService>()) await hosted.StartAsync(Ct);

        await provider.GetRequiredService<IEventStore>().AppendAsync(Request(_stream, 0, Counted()), Ct);

        Assert.Equal(1, Assert.IsType<CountingStore>(provider.GetRequiredService<IEventStore>()).Appends);
        Assert.Same(provider.GetRequiredService<IEventStore>(), provider.GetRequiredService<IEventReader>());
        Assert.Equal(1, provider.GetRequiredService<ILogSignal>().Head);
    }
}
