using Crescent.EventStore.Postgres;
using static Crescent.EventStore.Tests.Sample;

namespace Crescent.EventStore.Tests.Postgres;

/// <summary>Appends to streams that the appender believes to know, rightly or not.</summary>
public sealed class PostgresUncheckedAppendTests : IDisposable
{
    readonly PostgresFixture _fixture = new();
    readonly StreamName _stream = NewStream();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Append_WhereAnotherProcessHasGoneOn_ConflictsAndLeavesNoGap()
    {
        await using var other = _fixture.Open(_fixture.Options);
        await AppendAsync(_fixture.Postgres, 0);
        await AppendAsync(other, 1);

        Assert.Equal(new AppendResult.VersionConflict(2), await _fixture.Postgres.AppendAsync(Request(_stream, 1, Counted(), Counted()), Ct));
        await AppendAsync(_fixture.Postgres, 2);

        await AssertStreamAsync(_stream, 3);
        Assert.Equal(3, await _fixture.Store.ReadHeadAsync(Ct));
    }

    [Fact]
    public async Task Append_NewStreamThatAnotherProcessHasBegun_Conflicts()
    {
        await using var other = _fixture.Open(_fixture.Options);
        await AppendAsync(other, 0);

        Assert.Equal(new AppendResult.VersionConflict(1), await _fixture.Postgres.AppendAsync(Request(_stream, 0, Counted()), Ct));

        await AssertStreamAsync(_stream, 1);
        Assert.Equal(1, await _fixture.Store.ReadHeadAsync(Ct));
    }

    [Fact]
    public async Task Append_StreamThatAnotherProcessBegan_GoesOnWithItsKey()
    {
        await using (var earlier = _fixture.Open(_fixture.Options)) await AppendAsync(earlier, 0);

        for (var version = 1; version < 4; version++) await AppendAsync(_fixture.Postgres, version);

        await AssertStreamAsync(_stream, 4);
    }

    [Fact]
    public async Task Append_CommandThatAnotherProcessHasRecorded_IsRefusedByName()
    {
        await using var other = _fixture.Open(_fixture.Options);
        await AppendAsync(_fixture.Postgres, 0);
        var command = Guid.CreateVersion7();
        await other.AppendAsync(OfCommand(_stream, 1, command, Counted()), Ct);

        var result = await _fixture.Postgres.AppendAsync(OfCommand(_stream, 2, command, Counted()), Ct);

        Assert.Equal(new AppendResult.CommandAlreadyRecorded(command), result);
        await AssertStreamAsync(_stream, 2);
    }

    [Fact]
    public async Task Append_MoreStreamsThanAreRemembered_AllGoOn()
    {
        await using var store = _fixture.Open(_fixture.Options with { KnownStreams = 3 });
        var streams = Enumerable.Range(0, 10).Select(_ => NewStream()).ToList();

        for (var version = 0; version < 4; version++)
        {
            foreach (var stream in streams)
                Assert.IsType<AppendResult.Appended>(await store.AppendAsync(Request(stream, version, Counted()), Ct));
        }

        foreach (var stream in streams) await AssertStreamAsync(stream, 4);
        Assert.Equal(40, await _fixture.Store.ReadHeadAsync(Ct));
    }

    async Task AppendAsync(PostgresEventStore store, int version) =>
        Assert.Equal(version + 1, Assert.IsType<AppendResult.Appended>(await store.AppendAsync(Request(_stream, version, Counted()), Ct)).Version);

    async Task AssertStreamAsync(StreamName stream, int version) =>
        Assert.Equal(Enumerable.Range(1, version), (await _fixture.Store.ReadStreamAsync(stream, 0, 100, Ct)).Select(e => e.Version));
}
