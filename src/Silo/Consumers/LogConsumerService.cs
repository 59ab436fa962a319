using Crescent.EventStore;
using Crescent.EventStore.Leases;
using Microsoft.Extensions.Hosting;

namespace Crescent.Silo.Consumers;

/// <summary>Runs every consumer that is registered, read models and what follows from events, whenever this silo holds its lease.</summary>
internal sealed class LogConsumerService(
    LogConsumers running, IEnumerable<ILogConsumer> consumers, LeaseKeeper leases, IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (await lifetime.WhenStartedAsync(stoppingToken))
            await Task.WhenAll(consumers.Select(consumer => RunAsync(consumer, stoppingToken)));
    }

    private Task RunAsync(ILogConsumer consumer, CancellationToken stoppingToken) => leases.RunAsync(
        $"consumer/{consumer.Name}", (lease, held) => running.RunAsync(consumer.Begin(lease), held), stoppingToken);
}
