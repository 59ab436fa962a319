using System.Collections.Immutable;
using Crescent.Domain;
using static Crescent.EventStore.Tests.Sample;

namespace Crescent.EventStore.Tests.Contract;

/// <summary>What every event store answers about events and snapshots.</summary>
public abstract class ReadContract<TFixture> : IDisposable where TFixture : StoreFixture, new()
{
    readonly TFixture _fixture = new();

    IEventStore Store => _fixture.Store;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _fixture.Dispose();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task ReadStream_Event_IsAsItWasAppended(int size)
    {
        var opened = new SampleEvent.Opened("한글 <title>", 12.340m, SampleKind.VeryLarge, [1, 2, 3]);
        var request = Request(NewStream(), 0, [.. Enumerable.Repeat(opened, size)]);
        await Store.AppendAsync(request, Ct);

        var read = Assert.Single(await Store.ReadStreamAsync(request.Stream, 0, 1, Ct));

        Assert.Equal((request.Stream, 1, 1L, request.BatchId), (read.Stream, read.Version, read.Position, read.BatchId));
        Assert.Equal((request.Events[0].EventId, "sample.opened", 1), (read.EventId, read.Type, read.SchemaVersion));
        Assert.Equal(request.Events[0].Metadata, read.Metadata);
        var @event = Assert.IsType<SampleEvent.Opened>(read.Event);
        Assert.Equal(opened with { Numbers = @event.Numbers }, @event);
        Assert.Equal([1, 2, 3], @event.Numbers.AsEnumerable());
        Assert.Equal("12.340", @event.Amount.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task ReadStream_Metadata_MayLackCauseAndTrace(int size)
    {
        var metadata = new EventMetadata(Guid.CreateVersion7(), "", null, null, Time.AddTicks(7).ToOffset(TimeSpan.FromHours(9)));
        var stream = NewStream();
        await Store.AppendAsync(new AppendRequest(stream, 0, Guid.CreateVersion7(), [.. Enumerable.Range(0, size).Select(_ => new NewEvent(Guid.CreateVersion7(), Counted(), metadata))]), Ct);

        var read = Assert.Single(await Store.ReadStreamAsync(stream, 0, 1, Ct));

        Assert.Equal(metadata with { Time = Time }, read.Metadata);
        Assert.Equal(TimeSpan.Zero, read.Metadata.Time.Offset);
    }

    [Fact]
    public async Task ReadStream_AfterVersion_GivesTheNextOnesUpToTheBound()
    {
        var stream = NewStream();
        await Store.AppendAsync(Request(stream, 0, [.. Enumerable.Range(1, 10).Select(Counted)]), Ct);

        var events = await Store.ReadStreamAsync(stream, 3, 4, Ct);

        Assert.Equal([4, 5, 6, 7], events.Select(e => e.Version));
        Assert.Empty(await Store.ReadStreamAsync(stream, 10, 4, Ct));
        Assert.Empty(await Store.ReadStreamAsync(NewStream(), 0, 4, Ct));
    }

    [Fact]
    public async Task ReadLog_AfterPosition_GivesTheNextOnesUpToTheBound()
    {
        for (var i = 0; i < 5; i++) await Store.AppendAsync(Request(NewStream(), 0, Counted(), Counted()), Ct);

        var events = await Store.ReadLogAsync(3, 4, Ct);

        Assert.Equal([4L, 5, 6, 7], events.Select(e => e.Position));
        Assert.Empty(await Store.ReadLogAsync(10, 4, Ct));
    }

    [Fact]
    public async Task ReadHead_EmptyLog_IsZero() => Assert.Equal(0, await Store.ReadHeadAsync(Ct));

    [Fact]
    public async Task ReadSnapshot_Written_ComesBack()
    {
        var stream = NewStream();
        Assert.Null(await Store.ReadSnapshotAsync<SampleState>(stream, Ct));

        await Store.WriteSnapshotAsync(Snapshot(stream, 200, "Ada"), Ct);

        var read = await Store.ReadSnapshotAsync<SampleState>(stream, Ct);
        Assert.Equal((stream, 200, "Ada"), (read!.Stream, read.Version, read.State.Name));
        Assert.Equal(7, read.State.Counts["seven"]);
    }

    [Fact]
    public async Task WriteSnapshot_OlderThanWhatIsThere_ChangesNothing()
    {
        var stream = NewStream();
        await Store.WriteSnapshotAsync(Snapshot(stream, 400, "new"), Ct);
        await Store.WriteSnapshotAsync(Snapshot(stream, 200, "old"), Ct);

        var read = await Store.ReadSnapshotAsync<SampleState>(stream, Ct);

        Assert.Equal((400, "new"), (read!.Version, read.State.Name));
    }

    [Fact]
    public async Task WriteSnapshot_Newer_TakesItsPlace()
    {
        var stream = NewStream();
        await Store.WriteSnapshotAsync(Snapshot(stream, 200, "old"), Ct);
        await Store.WriteSnapshotAsync(Snapshot(stream, 400, "new"), Ct);

        Assert.Equal(400, (await Store.ReadSnapshotAsync<SampleState>(stream, Ct))!.Version);
    }

    [Fact]
    public async Task ReadSnapshot_OtherSchema_IsIgnored()
    {
        var stream = NewStream();
        await Store.WriteSnapshotAsync(new Snapshot<SampleStateBefore>(stream, 200, new SampleStateBefore("m")), Ct);

        Assert.Null(await Store.ReadSnapshotAsync<SampleState>(stream, Ct));
        await Store.WriteSnapshotAsync(Snapshot(stream, 200, "again"), Ct);
        Assert.NotNull(await Store.ReadSnapshotAsync<SampleState>(stream, Ct));
    }

    [Fact]
    public async Task Append_UnmappedEvent_IsALoudFailure() =>
        await Assert.ThrowsAsync<UnknownEventTypeException>(async () => await Store.AppendAsync(Request(NewStream(), 0, new Unmapped()), Ct));

    static Snapshot<SampleState> Snapshot(StreamName stream, int version, string name) =>
        new(stream, version, new SampleState("m1", name, ImmutableDictionary<string, int>.Empty.Add("seven", 7)));

    sealed record Unmapped : IDomainEvent;
}
