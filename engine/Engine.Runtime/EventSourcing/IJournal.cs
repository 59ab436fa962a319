namespace Orleans.EventSourcing.CustomStorage;

/// <summary>The journal of an activation as its lifecycle sees it: set up first, stopped last.</summary>
internal interface IJournal : ILifecycleObserver
{
    /// <summary>Starts to load, just before the grain's own activation.</summary>
    ILifecycleObserver Loading { get; }
}
