using Crescent.EventStore;
using Microsoft.Extensions.Hosting;

namespace Crescent.Silo.Consumers;

/// <summary>Runs every subscriber that is registered: read models, and what follows from events.</summary>
internal sealed class LogConsumerService(LogConsumers consumers, IEnumerable<ISubscriber> subscribers, IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (await lifetime.WhenStartedAsync(stoppingToken))
            await Task.WhenAll(subscribers.Select(subscriber => consumers.RunAsync(subscriber, stoppingToken)));
    }
}
