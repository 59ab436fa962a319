using Crescent.ReadModels.Projections;
using Microsoft.Extensions.Hosting;

namespace Crescent.Silo.Consumers;

/// <summary>Keeps the read models up with the log.</summary>
internal sealed class ProjectionService(LogConsumers consumers, IEnumerable<ProjectionRunner> projections) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(projections.Select(projection => consumers.RunAsync(projection, stoppingToken)));
}
