using System.Text;
using Crescent.Domain;
using Crescent.Domain.Users;
using Crescent.EventStore;
using Crescent.EventStore.InMemory;
using Crescent.EventStore.Leases;
using Crescent.ReadModels.Analytics;
using Crescent.ReadModels.Due;
using Crescent.ReadModels.Orders;
using Crescent.ReadModels.Products;
using Crescent.ReadModels.Projections;
using Crescent.ReadModels.Sagas;
using Crescent.ReadModels.Storage;
using Crescent.ReadModels.Users;
using Crescent.Testing;

namespace Crescent.ReadModels.Tests;

/// <summary>A log in memory, and the read models of it in a database of this test's own.</summary>
public abstract class ViewsFixture : IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly byte[] s_secret = Encoding.ASCII.GetBytes("a secret of 32 bytes for testing");

    public InMemoryEventStore Store { get; } = new(CrescentEvents.Map);

    public abstract ViewsDatabase Views { get; }

    public abstract ProjectionProgress Progress { get; }

    internal ManualTime Time { get; } = new(Start);

    internal BlindIndex Index { get; } = new(s_secret);

    public UserQueries Users => new(Views, Store.PersonalKeys, Index);

    public OrderQueries Orders => new(Views, Store.PersonalKeys, Store);

    public ProductQueries Products => new(Views);

    public SagaQueries Sagas => new(Views);

    public DueQueries Due => new(Views);

    internal AnalyticsStore Analytics => new(Views);

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    internal IReadOnlyList<IProjection> Projections =>
        [new UserProjection(Index), new ProductProjection(), new OrderProjection(), new SagaProjection(), new DueProjection()];

    internal IEnumerable<ProjectionRunner> Runners() => Projections.Select(projection => Runner(projection));

    internal ProjectionRunner Runner(IProjection projection, Lease? lease = null) => new(projection, Views, Store.PersonalKeys, Progress, lease);

    /// <summary>Records events as the next ones of a stream, each a second after the one before.</summary>
    public async Task<long> AppendAsync(string category, string id, params IDomainEvent[] events)
    {
        var stream = new StreamName(category, id);
        var version = (await Store.ReadStreamAsync(stream, 0, int.MaxValue, Ct)).Count;
        var position = 0L;
        foreach (var happened in events)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            var metadata = new EventMetadata(Guid.CreateVersion7(), "correlation", "cause", null, Time.GetUtcNow());
            var result = await Store.AppendAsync(
                new AppendRequest(stream, version++, Guid.CreateVersion7(), [new NewEvent(Guid.CreateVersion7(), happened, metadata)]), Ct);
            position = Assert.IsType<AppendResult.Appended>(result).LastPosition;
        }
        return position;
    }

    /// <summary>Has all projections apply what the log has, so many events at a time.</summary>
    public async Task CatchUpAsync(int batchSize = 100)
    {
        foreach (var runner in Runners())
            await CatchUpAsync(runner, batchSize);
    }

    internal async Task CatchUpAsync(ProjectionRunner runner, int batchSize = 100)
    {
        var position = await runner.ReadCheckpointAsync(Ct);
        while (await Store.ReadLogAsync(position, batchSize, Ct) is { Count: > 0 } events)
        {
            await runner.ApplyAsync(events, Ct);
            position = events[^1].Position;
        }
    }

    /// <summary>What the first release left, as SQL.</summary>
    /// <param name="time">Any time, as the database writes it.</param>
    /// <param name="id">Any id, as the database writes it.</param>
    protected async Task<string> FirstReleaseRowsAsync(string orderId, IReadOnlyList<TimelineEntry> timeline, string time, string id)
    {
        var entries = timeline.Select(entry =>
            $"('{orderId}', {entry.Position}, '{entry.Aggregate}', '{entry.AggregateId}', {entry.Version}, '{entry.Type}', {time}, {id}, {id}, 'c', NULL, NULL, '{{}}')");
        return $"INSERT INTO order_timeline VALUES {string.Join(", ", entries)};"
            + $"INSERT INTO checkpoints (name, version, position) VALUES ('{ProjectionNames.Orders}', 1, {await Store.ReadHeadAsync(Ct)});";
    }

    /// <summary>Creates the tables, where that is not done by opening the database.</summary>
    public virtual Task StartAsync() => Task.CompletedTask;

    /// <summary>Opens the database anew, as the next process would.</summary>
    public abstract void Restart();

    /// <summary>Puts the database of the first release in its place, with a timeline and with a checkpoint behind all of the log, and opens it.</summary>
    public abstract Task UpgradeFirstReleaseAsync(string orderId, IReadOnlyList<TimelineEntry> timeline);

    /// <summary>Overwritten content is nowhere any more.</summary>
    public abstract Task FlushAsync();

    /// <summary>Everything in the database, as it stands there.</summary>
    public abstract Task<string> ReadRawAsync();

    public abstract void Dispose();

    public async Task<string> RegisterAsync(string id, string email, string name)
    {
        await AppendAsync(StreamCategory.User, id, new UserEvent.Created(id, email, name, $"key-of-{id}", Time.GetUtcNow()));
        return id;
    }
}
