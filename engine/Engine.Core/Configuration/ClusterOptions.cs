namespace Orleans.Configuration;

/// <summary>Which cluster a silo or a client belongs to.</summary>
public class ClusterOptions
{
    public const string DefaultClusterId = "default";
    public const string DefaultServiceId = "default";

    /// <summary>Silos and clients of one cluster have the same.</summary>
    public string ClusterId { get; set; } = DefaultClusterId;

    /// <summary>Names the service for longer than a cluster lives.</summary>
    public string ServiceId { get; set; } = DefaultServiceId;
}
