using static Crescent.EventStore.Tests.Sample;

namespace Crescent.EventStore.Tests.Contract;

/// <summary>What every event store does with an append.</summary>
public abstract class AppendContract<TFixture> : IDisposable where TFixture : StoreFixture, new()
{
    readonly TFixture _fixture = new();

    IEventStore Store => _fixture.Store;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _fixture.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Append_NewStream_StandsFromVersionOne()
    {
        var result = await Store.AppendAsync(Request(NewStream(), 0, Counted(1), Counted(2)), Ct);

        Assert.Equal(new AppendResult.Appended(2, 2), result);
        Assert.Equal(2, await Store.ReadHeadAsync(Ct));
    }

    [Fact]
    public async Task Append_ExpectedVersion_Continues()
    {
        var stream = NewStream();
        await Store.AppendAsync(Request(stream, 0, Counted()), Ct);

        var result = await Store.AppendAsync(Request(stream, 1, Counted()), Ct);

        Assert.Equal(new AppendResult.Appended(2, 2), result);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Append_OtherVersion_ConflictsAndWritesNothing(int expected)
    {
        var stream = NewStream();
        await Store.AppendAsync(Request(stream, 0, Counted(), Counted()), Ct);

        var result = await Store.AppendAsync(Request(stream, expected, Counted()), Ct);

        Assert.Equal(new AppendResult.VersionConflict(2), result);
        Assert.Equal(2, await Store.ReadHeadAsync(Ct));
    }

    [Fact]
    public async Task Append_MissingStreamExpectedToExist_Conflicts()
    {
        var result = await Store.AppendAsync(Request(NewStream(), 4, Counted()), Ct);

        Assert.Equal(new AppendResult.VersionConflict(0), result);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Append_SameBatchAgain_StandsOnceAndSucceedsTwice(int size)
    {
        var stream = NewStream();
        var request = Request(stream, 0, [.. Enumerable.Range(1, size).Select(Counted)]);
        var first = await Store.AppendAsync(request, Ct);
        await Store.AppendAsync(Request(stream, size, Counted(3)), Ct);

        var second = await Store.AppendAsync(request, Ct);

        Assert.Equal(first, second);
        Assert.Equal(size + 1, await Store.ReadHeadAsync(Ct));
    }

    [Fact]
    public async Task Append_SameBatchAtOnce_StandsOnceAndAllSucceed()
    {
        var request = Request(NewStream(), 0, Counted(1), Counted(2));

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Store.AppendAsync(request, Ct).AsTask()));

        Assert.All(results, result => Assert.Equal(new AppendResult.Appended(2, 2), result));
        Assert.Equal(2, await Store.ReadHeadAsync(Ct));
    }

    [Fact]
    public async Task Append_OneCommandWithSeveralEvents_IsFoundWhole()
    {
        var stream = NewStream();
        var command = Guid.CreateVersion7();
        await Store.AppendAsync(Request(stream, 0, Counted(1)), Ct);
        await Store.AppendAsync(OfCommand(stream, 1, command, Counted(2), Counted(3)), Ct);
        await Store.AppendAsync(Request(stream, 3, Counted(4)), Ct);

        var events = await Store.ReadCommandAsync(stream, command, Ct);

        Assert.Equal([2, 3], events.Select(e => e.Version));
        Assert.Empty(await Store.ReadCommandAsync(stream, Guid.CreateVersion7(), Ct));
        Assert.Empty(await Store.ReadCommandAsync(NewStream(), command, Ct));
    }

    [Fact]
    public async Task Append_CommandOfEarlierBatch_IsRefusedByName()
    {
        var stream = NewStream();
        var command = Guid.CreateVersion7();
        await Store.AppendAsync(OfCommand(stream, 0, command, Counted(1), Counted(2)), Ct);

        var result = await Store.AppendAsync(
            new AppendRequest(stream, 2, Guid.CreateVersion7(), [New(Counted(3), Guid.CreateVersion7()), New(Counted(4), command)]), Ct);

        Assert.Equal(new AppendResult.CommandAlreadyRecorded(command), result);
        Assert.Equal(2, await Store.ReadHeadAsync(Ct));
    }

    [Fact]
    public async Task Append_OneEventWithCommandOfEarlierBatch_IsRefusedByNameAndLeavesNoGap()
    {
        var stream = NewStream();
        var command = Guid.CreateVersion7();
        await Store.AppendAsync(OfCommand(stream, 0, command, Counted(1)), Ct);

        Assert.Equal(new AppendResult.CommandAlreadyRecorded(command), await Store.AppendAsync(OfCommand(stream, 1, command, Counted(2)), Ct));

        Assert.Equal(1, await Store.ReadHeadAsync(Ct));
        Assert.Equal(new AppendResult.Appended(2, 2), await Store.AppendAsync(Request(stream, 1, Counted(3)), Ct));
    }

    [Fact]
    public async Task Append_SameCommandInOtherStream_Stands()
    {
        var command = Guid.CreateVersion7();
        await Store.AppendAsync(OfCommand(NewStream(), 0, command, Counted()), Ct);

        var result = await Store.AppendAsync(OfCommand(NewStream(), 0, command, Counted()), Ct);

        Assert.Equal(new AppendResult.Appended(1, 2), result);
    }

    [Fact]
    public async Task Append_ConflictsBesideOthers_LoseAlone()
    {
        var streams = Enumerable.Range(0, 50).Select(_ => NewStream()).ToList();
        var command = Guid.CreateVersion7();
        var taken = NewStream();
        await Store.AppendAsync(OfCommand(taken, 0, command, Counted()), Ct);

        var appends = streams.Select(stream => Store.AppendAsync(Request(stream, 0, Counted(), Counted()), Ct).AsTask())
            .Append(Store.AppendAsync(Request(taken, 0, Counted()), Ct).AsTask())
            .Append(Store.AppendAsync(OfCommand(taken, 1, command, Counted()), Ct).AsTask())
            .ToList();
        var results = await Task.WhenAll(appends);

        Assert.All(results[..50], result => Assert.IsType<AppendResult.Appended>(result));
        Assert.Equal(new AppendResult.VersionConflict(1), results[50]);
        Assert.Equal(new AppendResult.CommandAlreadyRecorded(command), results[51]);
        Assert.Equal(101, await Store.ReadHeadAsync(Ct));
    }

    [Fact]
    public async Task Append_ManyWritersOfOneStream_OneWinsEachVersion()
    {
        var stream = NewStream();
        await Task.WhenAll(Enumerable.Range(0, 16).Select(writer => AppendUntilAccepted(stream, writer, count: 10)));

        var events = await Store.ReadStreamAsync(stream, 0, 1000, Ct);

        Assert.Equal(Enumerable.Range(1, 160), events.Select(e => e.Version));
        Assert.All(
            events.GroupBy(e => ((SampleEvent.Counted)e.Event).By),
            ofWriter => Assert.Equal(10, ofWriter.Select(e => e.Metadata.CommandId).Distinct().Count()));
    }

    [Fact]
    public async Task Append_ManyStreamsAtOnce_PositionsAreContiguousAndInStreamOrder()
    {
        await Task.WhenAll(Enumerable.Range(0, 32).Select(async _ =>
        {
            var stream = NewStream();
            for (var version = 0; version < 30; version += 3)
                Assert.IsType<AppendResult.Appended>(await Store.AppendAsync(Request(stream, version, Counted(), Counted(), Counted()), Ct));
        }));

        var log = await Store.ReadLogAsync(0, 10_000, Ct);

        Assert.Equal(Enumerable.Range(1, 960).Select(position => (long)position), log.Select(e => e.Position));
        Assert.All(log.GroupBy(e => e.Stream), stream => Assert.Equal(Enumerable.Range(1, 30), stream.Select(e => e.Version)));
        Assert.Equal(960, log.Select(e => e.EventId).Distinct().Count());
    }

    [Fact]
    public async Task Append_Malformed_IsRefusedAsABug()
    {
        var stream = NewStream();
        var (a, b) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        AppendRequest[] malformed =
        [
            Request(stream, 0),
            Request(stream, -1, Counted()),
            Request(default, 0, Counted()),
            Request(stream, 0, Counted()) with { BatchId = Guid.Empty },
            new(stream, 0, Guid.CreateVersion7(), [New(Counted(), a), New(Counted(), b), New(Counted(), a)]),
        ];

        foreach (var request in malformed)
            await Assert.ThrowsAsync<ArgumentException>(async () => await Store.AppendAsync(request, Ct));
    }

    [Fact]
    public async Task Append_Committed_MovesTheSignal()
    {
        var moved = _fixture.Signal.WaitBeyondAsync(0, Ct);
        Assert.False(moved.IsCompleted);

        await Store.AppendAsync(Request(NewStream(), 0, Counted(), Counted()), Ct);

        await moved.WaitAsync(TimeSpan.FromSeconds(10), Ct);
        Assert.Equal(2, _fixture.Signal.Head);
    }

    async Task AppendUntilAccepted(StreamName stream, int writer, int count)
    {
        var version = 0;
        for (var accepted = 0; accepted < count;)
        {
            switch (await Store.AppendAsync(Request(stream, version, Counted(writer)), Ct))
            {
                case AppendResult.Appended appended:
                    version = appended.Version;
                    accepted++;
                    break;
                case AppendResult.VersionConflict conflict:
                    version = conflict.ActualVersion;
                    break;
            }
        }
    }
}
