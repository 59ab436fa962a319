using System.Text;
using Crescent.Domain;
using Crescent.Domain.Users;
using Crescent.EventStore;
using Crescent.EventStore.InMemory;
using Crescent.EventStore.Sqlite;
using Crescent.ReadModels.Due;
using Crescent.ReadModels.Orders;
using Crescent.ReadModels.Products;
using Crescent.ReadModels.Projections;
using Crescent.ReadModels.Sagas;
using Crescent.ReadModels.Users;
using Crescent.Testing;

namespace Crescent.ReadModels.Tests;

/// <summary>A log in memory, and the read models of it in a file of this test's own.</summary>
internal sealed class ViewsFixture : IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly byte[] s_secret = Encoding.ASCII.GetBytes("a secret of 32 bytes for testing");

    private readonly TempFolder _folder = new();
    private readonly BlindIndex _index = new(s_secret);

    public ViewsFixture() => Views = Open();

    public InMemoryEventStore Store { get; } = new(CrescentEvents.Map);

    public ViewsDatabase Views { get; private set; }

    public ManualTime Time { get; } = new(Start);

    public ProjectionProgress Progress { get; } = new(TimeProvider.System);

    public UserQueries Users => new(Views, Store.PersonalKeys, _index);

    public OrderQueries Orders => new(Views, Store.PersonalKeys);

    public ProductQueries Products => new(Views);

    public SagaQueries Sagas => new(Views);

    public DueQueries Due => new(Views);

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public IEnumerable<ProjectionRunner> Runners() =>
        new IProjection[] { new UserProjection(_index), new ProductProjection(), new OrderProjection(), new SagaProjection(), new DueProjection() }
            .Select(Runner);

    public ProjectionRunner Runner(IProjection projection) => new(projection, Views, Store.PersonalKeys, Progress);

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

    public async Task CatchUpAsync(ProjectionRunner runner, int batchSize = 100)
    {
        var position = await runner.ReadCheckpointAsync(Ct);
        while (await Store.ReadLogAsync(position, batchSize, Ct) is { Count: > 0 } events)
        {
            await runner.ApplyAsync(events, Ct);
            position = events[^1].Position;
        }
    }

    public void Restart()
    {
        Views.Dispose();
        Views = Open();
    }

    public async Task<string> RegisterAsync(string id, string email, string name)
    {
        await AppendAsync(StreamCategory.User, id, new UserEvent.Created(id, email, name, $"key-of-{id}", Time.GetUtcNow()));
        return id;
    }

    /// <summary>Everything in the files of the read models, as it stands there.</summary>
    public async Task<string> ReadRawAsync()
    {
        var text = new StringBuilder();
        foreach (var file in Directory.GetFiles(_folder.Path))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            text.Append(await reader.ReadToEndAsync(Ct));
        }
        return text.ToString();
    }

    public void Dispose()
    {
        Views.Dispose();
        _folder.Dispose();
    }

    private ViewsDatabase Open() => ViewsDatabase.Open(new SqliteDatabaseOptions { Path = _folder.File("views.db") });
}
