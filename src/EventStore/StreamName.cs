namespace Crescent.EventStore;

/// <summary>The name of one aggregate's stream: its category (such as <c>order</c>) and its id.</summary>
public readonly record struct StreamName(string Category, string Id)
{
    /// <summary>The form used in logs, tags and derived ids.</summary>
    public override string ToString() => $"{Category}/{Id}";
}
