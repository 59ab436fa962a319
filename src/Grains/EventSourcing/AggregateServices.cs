using Crescent.EventStore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Crescent.Grains.EventSourcing;

/// <summary>What every event-sourced grain needs from outside.</summary>
public sealed class AggregateServices(IEventStore store, IOptions<AggregateOptions> options, TimeProvider time, ILoggerFactory loggers)
{
    public IEventStore Store => store;

    public AggregateOptions Options => options.Value;

    public TimeProvider Time => time;

    public ILoggerFactory Loggers => loggers;
}
