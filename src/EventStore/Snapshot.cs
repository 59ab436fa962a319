namespace Crescent.EventStore;

/// <summary>The state of a stream as of a version: a shortcut for loading, never the truth.</summary>
public sealed record Snapshot<TState>(StreamName Stream, int Version, TState State) where TState : class;
