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

    /// <summary>Sets what the application has not configured itself.</summary>
    internal void SetUnlessConfigured(string serviceId, string clusterId)
    {
        if (ServiceId == DefaultServiceId)
        {
            ServiceId = serviceId;
        }

        if (ClusterId == DefaultClusterId)
        {
            ClusterId = clusterId;
        }
    }
}
