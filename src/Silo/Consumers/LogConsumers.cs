using System.Collections.Concurrent;
using Crescent.EventStore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Crescent.Silo.Consumers;

/// <summary>
/// The consumers that run in this silo now. Each goes through the log by itself, so that one that fails holds up nobody else;
/// the events are read once for all of them.
/// </summary>
public sealed class LogConsumers(
    LogTail log, ILogSignal signal, IOptions<ConsumerOptions> options, TimeProvider time, ILogger<Subscription> logger)
{
    private readonly ConcurrentDictionary<string, Subscription> _running = new(StringComparer.Ordinal);

    /// <summary>Where each consumer is, by name.</summary>
    public IReadOnlyList<ConsumerStatus> Statuses =>
    [
        .. _running.Select(static consumer => new ConsumerStatus(consumer.Key, consumer.Value.Position, consumer.Value.Failures))
            .OrderBy(static status => status.Name, StringComparer.Ordinal),
    ];

    /// <summary>Runs a consumer until the token is cancelled.</summary>
    public async Task RunAsync(ISubscriber subscriber, CancellationToken ct)
    {
        var subscription = new Subscription(subscriber, log, signal, options.Value.Subscription, time, logger);
        if (!_running.TryAdd(subscriber.Name, subscription))
            throw new InvalidOperationException($"The consumer '{subscriber.Name}' runs already.");
        try
        {
            await subscription.RunAsync(ct);
        }
        finally
        {
            _running.TryRemove(subscriber.Name, out _);
        }
    }
}

/// <summary>Where a consumer of the log is.</summary>
/// <param name="Position">The last position it has applied.</param>
/// <param name="Failures">Failures in a row; 0 while all is well.</param>
public sealed record ConsumerStatus(string Name, long Position, int Failures);
