using System.Diagnostics;

namespace Crescent.EventStore;

/// <summary>Traces of the event store; ids only, never an event's content.</summary>
public static class EventStoreActivity
{
    /// <summary>The name of its activity source, and of its meter.</summary>
    public const string SourceName = "Crescent.EventStore";

    static readonly ActivitySource Source = new(SourceName);

    internal static Activity? StartAppend(AppendRequest request)
    {
        if (!Source.HasListeners()) return null;
        return Source.StartActivity($"append {request.Stream.Category}", ActivityKind.Client)?
            .SetTag("crescent.stream", request.Stream.ToString())
            .SetTag("crescent.expected_version", request.ExpectedVersion)
            .SetTag("crescent.events", request.Events.Count);
    }
}
