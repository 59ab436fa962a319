using Crescent.EventStore.Postgres;
using Crescent.Testing;
using Npgsql;
using static Crescent.EventStore.Tests.Sample;

namespace Crescent.EventStore.Tests.Postgres;

/// <summary>Appends of several processes at once, and with connections that break.</summary>
public sealed class PostgresAppendFaultTests : IDisposable
{
    readonly PostgresFixture _fixture = new();
    readonly StreamName _stream = NewStream();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Append_ThreeAppendersOnTheSameStreams_OneWinsEachVersion(int events)
    {
        PostgresEventStore[] stores = [_fixture.Postgres, _fixture.Open(_fixture.Options), _fixture.Open(_fixture.Options)];
        var streams = Enumerable.Range(0, 5).Select(_ => NewStream()).ToList();

        await Task.WhenAll(stores.SelectMany(store => streams.Select(stream => AppendUntilAccepted(store, stream, count: 20, events))));

        Assert.Equal(events * 3 * 5 * 20, (await AssertContiguous()).Count);
    }

    [Theory]
    [InlineData(Break.BeforeForwarding, 1)]
    [InlineData(Break.BeforeForwarding, 2)]
    [InlineData(Break.AfterForwarding, 1)]
    [InlineData(Break.AfterForwarding, 2)]
    internal async Task Append_ConnectionCutWhenItWasSent_StandsOnce(Break how, int events)
    {
        await using var proxy = new CutProxy(_fixture.Server.EndPoint);
        await using var store = _fixture.Open(Through(proxy));
        await store.AppendAsync(Request(_stream, 0, Counted()), Ct);
        var request = Request(_stream, 1, Events(events));
        var cut = proxy.ArmAsync(request.BatchId.ToByteArray(bigEndian: true), how);

        var result = await store.AppendAsync(request, Ct);

        Assert.True(cut.IsCompletedSuccessfully);
        Assert.Equal(new AppendResult.Appended(1 + events, 1 + events), result);
        Assert.Equal(1 + events, (await AssertContiguous()).Count);
    }

    [Fact]
    public async Task AppendCommand_WhoseConnectionBrokeWhileNothingWasCommitted_IsBroken()
    {
        await _fixture.Postgres.StartAsync(Ct);
        await using var database = new PostgresDatabase(
            _fixture.Options.Database with { ConnectionString = _fixture.Server.ConnectionString(_fixture.Database) + ";Keepalive=1" });
        await using var command = await AppendCommand.PrepareAsync(database, 100, Ct);
        Assert.False(command.IsBroken);

        _fixture.Server.Disconnect(_fixture.Database);

        await Eventually.TrueAsync(() => Task.FromResult(command.IsBroken), Ct);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Append_AnswerLostAndNoTriesLeft_IsUnavailableAndFoundByTheNext(int events)
    {
        await using var proxy = new CutProxy(_fixture.Server.EndPoint);
        await using var store = _fixture.Open(Through(proxy) with { Retries = 0 });
        await store.StartAsync(Ct);
        var request = Request(_stream, 0, Events(events));
        _ = proxy.ArmAsync(request.BatchId.ToByteArray(bigEndian: true), Break.AfterForwarding);
        await Assert.ThrowsAsync<EventStoreUnavailableException>(async () => await store.AppendAsync(request, Ct));

        Assert.Equal(new AppendResult.Appended(events, events), await store.AppendAsync(request, Ct));
        Assert.Equal(events, (await AssertContiguous()).Count);
    }

    [Fact]
    public async Task Append_AnotherProcessStoppedHalfWayThroughSending_IsNotHeldUp()
    {
        var proxy = new CutProxy(_fixture.Server.EndPoint);
        var stopped = _fixture.Open(Through(proxy) with { Retries = 0 });
        await stopped.AppendAsync(Request(_stream, 0, Counted()), Ct);
        var request = Request(_stream, 1, Counted());
        var half = proxy.ArmAsync(request.BatchId.ToByteArray(bigEndian: true), Break.StopHalfWay);
        var append = stopped.AppendAsync(request, Ct).AsTask();
        await half.WaitAsync(TimeSpan.FromSeconds(10), Ct);

        Assert.Equal(new AppendResult.Appended(2, 2), await _fixture.Store.AppendAsync(Request(_stream, 1, Counted()), Ct));

        await proxy.DisposeAsync();
        await Assert.ThrowsAsync<EventStoreUnavailableException>(() => append);
        Assert.Equal(2, (await AssertContiguous()).Count);
    }

    [Fact]
    public async Task Append_BackendsTerminatedUnderLoad_NothingIsLostOrDoubled()
    {
        await using var store = _fixture.Open(_fixture.Options with { RetryDelay = TimeSpan.FromMilliseconds(1) });
        var appended = 0;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            var stream = NewStream();
            for (var version = 0; version < 80; version += 2)
            {
                Assert.Equal(version + 2, Assert.IsType<AppendResult.Appended>(await store.AppendAsync(Request(stream, version, Counted(), Counted()), Ct)).Version);
                if (Interlocked.Increment(ref appended) % 40 == 0) _fixture.Server.Disconnect(_fixture.Database);
            }
        }));

        Assert.Equal(640, (await AssertContiguous()).Count);
    }

    [Fact]
    public async Task Append_HeadHeldByAnotherTransaction_IsUnavailableAndStandsOnceAfterwards()
    {
        await using var store = _fixture.Open(_fixture.Options with
        {
            Retries = 0,
            Database = _fixture.Options.Database with { StatementTimeout = TimeSpan.FromSeconds(1) },
        });
        await store.StartAsync(Ct);
        var request = Request(_stream, 0, Counted());
        await using (var other = _fixture.Server.Connect(_fixture.Database))
        {
            await using var transaction = await other.BeginTransactionAsync(Ct);
            await new NpgsqlCommand("UPDATE log_head SET position = position", other).ExecuteNonQueryAsync(Ct);
            await Assert.ThrowsAsync<EventStoreUnavailableException>(async () => await store.AppendAsync(request, Ct));
        }

        Assert.Equal(new AppendResult.Appended(1, 1), await store.AppendAsync(request, Ct));
    }

    [Fact]
    public async Task Append_ValueTheDatabaseDoesNotTake_FailsAlone()
    {
        var good = Enumerable.Range(0, 20).Select(_ => Request(NewStream(), 0, Counted(), Counted())).ToList();
        var bad = good[0] with { Stream = new StreamName("sample", "a\0b") };

        var appends = good.Append(bad).Select(request => _fixture.Store.AppendAsync(request, Ct).AsTask()).ToList();

        await Assert.ThrowsAsync<PostgresException>(() => appends[^1]);
        Assert.All(await Task.WhenAll(appends[..^1]), result => Assert.IsType<AppendResult.Appended>(result));
        Assert.Equal(40, (await AssertContiguous()).Count);
    }

    static async Task AppendUntilAccepted(PostgresEventStore store, StreamName stream, int count, int events)
    {
        var version = 0;
        for (var accepted = 0; accepted < count;)
        {
            switch (await store.AppendAsync(Request(stream, version, Events(events)), Ct))
            {
                case AppendResult.Appended appended:
                    Assert.Equal(version + events, appended.Version);
                    version = appended.Version;
                    accepted++;
                    break;
                case AppendResult.VersionConflict conflict:
                    Assert.True(conflict.ActualVersion > version);
                    version = conflict.ActualVersion;
                    break;
            }
        }
    }

    async Task<IReadOnlyList<RecordedEvent>> AssertContiguous()
    {
        var log = await _fixture.Store.ReadLogAsync(0, 10_000, Ct);
        Assert.Equal(Enumerable.Range(1, log.Count).Select(position => (long)position), log.Select(e => e.Position));
        Assert.Equal(log.Count, await _fixture.Store.ReadHeadAsync(Ct));
        Assert.Equal(log.Count, log.Select(e => e.EventId).Distinct().Count());
        Assert.All(log.GroupBy(e => e.Stream), stream => Assert.Equal(Enumerable.Range(1, stream.Count()), stream.Select(e => e.Version)));
        return log;
    }

    static SampleEvent[] Events(int count) => [.. Enumerable.Repeat(0, count).Select(_ => Counted())];

    PostgresEventStoreOptions Through(CutProxy proxy) => _fixture.Options with
    {
        RetryDelay = TimeSpan.FromMilliseconds(1),
        Database = _fixture.Options.Database with
        {
            ConnectionString = $"Host=127.0.0.1;Port={proxy.Port};Username=crescent;Database={_fixture.Database}",
        },
    };
}
