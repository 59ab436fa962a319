using System.Collections.Immutable;
using Crescent.EventStore;
using Crescent.EventStore.Leases;
using Crescent.GrainInterfaces.Integration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Crescent.Grains.Integration;

/// <summary>
/// Publishes the log to the integration streams as it grows, from the silo that holds its lease. Streams only make things
/// fast: the relay keeps no checkpoint and starts at the head, and a consumer that sees from a position that it missed
/// something, or that two relays published for a moment, reads the log.
/// </summary>
public sealed partial class Relay(
    IEventStore store, LogTail log, ILogSignal signal, LeaseKeeper leases, IClusterClient client, IOptions<RelayOptions> options, TimeProvider time,
    ILogger<Relay> logger)
    : BackgroundService
{
    const string LeaseName = "relay";

    readonly Dictionary<(string Namespace, int Partition), long> _heads = [];
    long _position;
    long _announcedAt;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        leases.RunAsync(LeaseName, (_, held) => PublishAsync(held), stoppingToken);

    async Task PublishAsync(CancellationToken stoppingToken)
    {
        var isStarted = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!isStarted) await StartAtHeadAsync(stoppingToken);
                isStarted = true;
                if (time.GetElapsedTime(_announcedAt) >= options.Value.AnnounceEvery) await AnnounceAsync();
                if (!await PublishNextAsync(stoppingToken)) await WaitAsync(stoppingToken);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                LogFailed(_position, options.Value.RetryDelay, e);
                await Task.Delay(options.Value.RetryDelay, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>What was before is every consumer's own to look up: each learns from the first announcement how far it has to.</summary>
    async Task StartAtHeadAsync(CancellationToken stoppingToken)
    {
        _position = await store.ReadHeadAsync(stoppingToken);
        foreach (var name in IntegrationStreams.Namespaces)
            for (var partition = 0; partition < IntegrationStreams.Partitions; partition++) _heads[(name, partition)] = _position;
        await AnnounceAsync();
    }

    /// <summary>False if there was nothing new.</summary>
    async Task<bool> PublishNextAsync(CancellationToken stoppingToken)
    {
        var started = time.GetTimestamp();
        var page = await log.ReadLogAsync(_position, options.Value.BatchSize, stoppingToken);
        if (page.Count == 0) return false;
        var batches = new Dictionary<(string Namespace, int Partition), List<IntegrationEvent>>();
        foreach (var recorded in page)
        {
            if (IntegrationEvents.NamespaceOf(recorded.Stream.Category) is not { } name) continue;
            var key = (name, IntegrationStreams.PartitionOf(recorded.Stream.Id));
            if (!batches.TryGetValue(key, out var events)) batches[key] = events = [];
            events.Add(IntegrationEvents.From(recorded, key.Item2, _heads[key]));
            _heads[key] = recorded.Position;
        }

        // Gone on before publishing: what fails to arrive is noticed and looked up, and must not hold up the rest.
        _position = page[^1].Position;
        await Task.WhenAll(batches.Select(batch => PublishAsync(batch.Key, [.. batch.Value])));
        if (page.Count < options.Value.BatchSize) await GatherAsync(started, stoppingToken);
        return true;
    }

    async Task GatherAsync(long started, CancellationToken stoppingToken)
    {
        var left = options.Value.GatherTime - time.GetElapsedTime(started);
        if (left > TimeSpan.Zero) await Task.Delay(left, time, stoppingToken);
    }

    async Task AnnounceAsync()
    {
        _announcedAt = time.GetTimestamp();
        await Task.WhenAll(_heads.Where(head => head.Value > 0).Select(head => PublishAsync(head.Key, [])));
    }

    Task PublishAsync((string Namespace, int Partition) key, ImmutableArray<IntegrationEvent> events) => client
        .GetStreamProvider(IntegrationStreams.Provider)
        .GetStream<IntegrationBatch>(StreamId.Create(key.Namespace, IntegrationStreams.KeyOf(key.Partition)))
        .OnNextAsync(new IntegrationBatch(key.Partition, events, _heads[key]));

    /// <summary>Until the log has grown or it is time to announce.</summary>
    async Task WaitAsync(CancellationToken stoppingToken)
    {
        using var turn = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var left = options.Value.AnnounceEvery - time.GetElapsedTime(_announcedAt);
        var news = signal.WaitBeyondAsync(_position, turn.Token);
        var due = Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, time, turn.Token);
        await Task.WhenAny(news, due);
        await turn.CancelAsync();
    }
}
