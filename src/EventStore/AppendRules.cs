namespace Crescent.EventStore;

/// <summary>What every store asks of a request before it looks at the stream.</summary>
static class AppendRules
{
    /// <summary>The most events in one batch; a batch is one transaction and lives in memory.</summary>
    public const int MaxEvents = 5000;

    /// <exception cref="ArgumentException">The request is malformed, which is a bug of the caller.</exception>
    public static void Check(AppendRequest request)
    {
        if (string.IsNullOrEmpty(request.Stream.Category) || string.IsNullOrEmpty(request.Stream.Id))
            throw new ArgumentException("An append must name its stream.", nameof(request));
        if (request.ExpectedVersion < 0)
            throw new ArgumentException($"The expected version of {request.Stream} must not be negative, but is {request.ExpectedVersion}.", nameof(request));
        if (request.BatchId == Guid.Empty)
            throw new ArgumentException($"An append to {request.Stream} must have a batch id.", nameof(request));
        if (request.Events.Count is 0 or > MaxEvents)
            throw new ArgumentException($"An append to {request.Stream} must have 1 to {MaxEvents} events, but has {request.Events.Count}.", nameof(request));
        CheckCommands(request);
    }

    /// <summary>A command's events stand together, so that its index in the store tells a second batch from the first.</summary>
    static void CheckCommands(AppendRequest request)
    {
        if (request.Events.Count == 1) return;
        var ended = new HashSet<Guid>();
        for (var i = 1; i < request.Events.Count; i++)
        {
            var (previous, current) = (request.Events[i - 1].Metadata.CommandId, request.Events[i].Metadata.CommandId);
            if (previous == current) continue;
            ended.Add(previous);
            if (ended.Contains(current))
                throw new ArgumentException($"The events of command {current} do not stand together in a batch for {request.Stream}.", nameof(request));
        }
    }
}
