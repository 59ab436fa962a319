using Crescent.EventStore.InMemory;
using Crescent.EventStore.Tests.Sqlite;
using static Crescent.EventStore.Tests.Sample;

namespace Crescent.EventStore.Tests;

public sealed class LogTailTests
{
    readonly InMemoryEventStore _store = new(Types);
    readonly CountingStore _counting;

    public LogTailTests() => _counting = new CountingStore(_store);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReadLog_ManyReadersAtTheHead_ReadTheStoreOnceForAll()
    {
        var tail = new LogTail(_counting);
        Assert.Empty(await tail.ReadLogAsync(0, 100, Ct));
        await Append(10);
        var before = _counting.LogReads;

        for (var reader = 0; reader < 8; reader++)
            Assert.Equal(Enumerable.Range(1, 10), await Positions(tail, 0, 100));

        Assert.Equal(1, _counting.LogReads - before);
    }

    [Fact]
    public async Task ReadLog_AnyPlaceAndSize_AnswersWhatTheStoreDoes()
    {
        var tail = new LogTail(_store, capacity: 10, readBatch: 7);
        for (var round = 0; round < 12; round++)
        {
            await Append(round);
            var head = await _store.ReadHeadAsync(Ct);
            for (var after = 0L; after <= head; after++)
                Assert.Equal(await Positions(_store, after, 5), await All(tail, after, 5));
        }
    }

    [Fact]
    public async Task ReadLog_InParallelWhileTheLogGrows_GivesEveryReaderEveryEventOnce()
    {
        const int count = 500;
        var tail = new LogTail(_store, capacity: 16, readBatch: 5);
        var readers = Enumerable.Range(0, 8).Select(reader => Task.Run(async () =>
        {
            var seen = new List<int>();
            while (seen.Count < count)
                seen.AddRange(await Positions(tail, seen.Count, 1 + reader));
            return seen;
        }, Ct)).ToList();
        await Append(count);

        foreach (var reader in readers)
            Assert.Equal(Enumerable.Range(1, count), await reader);
    }

    [Fact]
    public async Task ReadLog_StoreFails_FailsAndWorksAgainAfterwards()
    {
        var tail = new LogTail(_counting);
        await tail.ReadLogAsync(0, 10, Ct);
        await Append(1);
        _counting.Failure = new EventStoreUnavailableException("gone");
        await Assert.ThrowsAsync<EventStoreUnavailableException>(() => tail.ReadLogAsync(0, 10, Ct));

        _counting.Failure = null;

        Assert.Equal([1], await Positions(tail, 0, 10));
    }

    async Task Append(int count)
    {
        for (var i = 0; i < count; i++) await _store.AppendAsync(Request(NewStream(), 0, Counted()), Ct);
    }

    /// <summary>The tail may have read less than there is; asked again, it goes on.</summary>
    static async Task<IEnumerable<int>> All(LogTail tail, long after, int count)
    {
        var positions = new List<int>();
        while (positions.Count < count && (await Positions(tail, after + positions.Count, count - positions.Count)).ToList() is { Count: > 0 } more)
            positions.AddRange(more);
        return positions;
    }

    static async Task<IEnumerable<int>> Positions(ILogReader log, long after, int count) =>
        (await log.ReadLogAsync(after, count, Ct)).Select(e => (int)e.Position);
}
