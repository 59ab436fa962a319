using Crescent.EventStore.InMemory;
using Crescent.EventStore.PersonalData;
using Crescent.EventStore.Postgres;
using Crescent.EventStore.Serialization;
using static Crescent.EventStore.Tests.Sample;

namespace Crescent.EventStore.Tests.Postgres;

public sealed class AppendQueueTests : IDisposable
{
    readonly AppendQueue _queue = new(new PostgresEventStoreOptions
    {
        Database = new PostgresDatabaseOptions { ConnectionString = "Host=nowhere" },
        MasterKey = new byte[PersonalKey.Size],
        QueueCapacity = 4,
        MaxAppendsPerCommit = 3,
        MaxEventsPerCommit = 5,
    });

    readonly EventCodec _codec = new(Types, new InMemoryPersonalKeys());

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _queue.Dispose();

    [Fact]
    public async Task Add_NobodyCommitting_IsTheCallersTurnUntilNothingWaits()
    {
        Assert.True(await _queue.AddAsync(await Append(NewStream(), 1), Ct));
        Assert.False(await _queue.AddAsync(await Append(NewStream(), 1), Ct));
        Assert.Equal(2, TakeGroup().Count);
        Assert.Empty(TakeGroup());

        Assert.True(await _queue.AddAsync(await Append(NewStream(), 1), Ct));
    }

    [Fact]
    public async Task TakeGroup_SameStreamAgain_WaitsForTheNextGroupInItsOrder()
    {
        var (a, b) = (NewStream(), NewStream());
        PendingAppend[] appends = [await Append(a, 1), await Append(a, 1), await Append(b, 1), await Append(a, 1)];
        foreach (var append in appends) await _queue.AddAsync(append, Ct);

        Assert.Equal([appends[0], appends[2]], TakeGroup());
        Assert.Equal([appends[1]], TakeGroup());
        Assert.Equal([appends[3]], TakeGroup());
    }

    [Fact]
    public async Task TakeGroup_TooManyEvents_GoOneByOneInTheirOrder()
    {
        PendingAppend[] appends = [await Append(NewStream(), 3), await Append(NewStream(), 9), await Append(NewStream(), 2), await Append(NewStream(), 1)];
        foreach (var append in appends) await _queue.AddAsync(append, Ct);

        Assert.Equal([appends[0], appends[2]], TakeGroup());
        Assert.Equal([appends[1]], TakeGroup());
        Assert.Equal([appends[3]], TakeGroup());
    }

    [Fact]
    public async Task Add_Full_WaitsForRoom()
    {
        for (var i = 0; i < 4; i++) await _queue.AddAsync(await Append(NewStream(), 1), Ct);
        var fifth = _queue.AddAsync(await Append(NewStream(), 1), Ct).AsTask();
        Assert.False(fifth.IsCompleted);

        TakeGroup();

        Assert.False(await fifth.WaitAsync(TimeSpan.FromSeconds(10), Ct));
    }

    [Fact]
    public async Task Close_WithAppendsWaiting_IsDrainedWhenTheyAreTaken()
    {
        await _queue.AddAsync(await Append(NewStream(), 1), Ct);
        _queue.Close();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await _queue.AddAsync(await Append(NewStream(), 1), Ct));
        TakeGroup();
        Assert.False(_queue.Drained.IsCompleted);

        Assert.True(_queue.EndTurn());

        Assert.True(_queue.Drained.IsCompleted);
    }

    [Fact]
    public async Task TakeAll_Waiting_LeavesNothing()
    {
        await _queue.AddAsync(await Append(NewStream(), 1), Ct);

        Assert.Single(_queue.TakeAll());

        Assert.True(_queue.EndTurn());
    }

    List<PendingAppend> TakeGroup()
    {
        var group = new List<PendingAppend>();
        _queue.TakeGroup(group);
        return group;
    }

    async Task<PendingAppend> Append(StreamName stream, int events)
    {
        var request = Request(stream, 0, [.. Enumerable.Range(0, events).Select(_ => Counted())]);
        return new PendingAppend(request, await _codec.EncodeAsync(request, Ct));
    }
}
