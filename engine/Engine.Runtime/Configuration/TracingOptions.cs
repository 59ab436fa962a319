namespace Orleans.Configuration;

/// <summary>Whether calls carry activities.</summary>
internal sealed class TracingOptions
{
    public bool Propagate { get; set; }
}
