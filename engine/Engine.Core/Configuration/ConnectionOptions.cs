namespace Orleans.Configuration;

/// <summary>How silos and clients connect.</summary>
public class ConnectionOptions
{
    public static readonly TimeSpan DEFAULT_OPENCONNECTION_TIMEOUT = TimeSpan.FromSeconds(5);

    /// <summary>How many connections to one silo there may be; the second and further ones are opened when the others can't keep up.</summary>
    public int ConnectionsPerEndpoint { get; set; } = 1;

    /// <summary>How long after a failure before it is tried again; attempts meanwhile fail at once.</summary>
    public TimeSpan ConnectionRetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long connecting may take, until both sides have accepted each other.</summary>
    public TimeSpan OpenConnectionTimeout { get; set; } = DEFAULT_OPENCONNECTION_TIMEOUT;
}
