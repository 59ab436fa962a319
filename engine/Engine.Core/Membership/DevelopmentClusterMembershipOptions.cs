using System.Net;

namespace Orleans.Configuration;

/// <summary>A cluster for development, whose membership table is in the memory of one silo.</summary>
public class DevelopmentClusterMembershipOptions
{
    /// <summary>The silo that has the table; null for this one. When it ends, the cluster does.</summary>
    public IPEndPoint? PrimarySiloEndpoint { get; set; }
}
