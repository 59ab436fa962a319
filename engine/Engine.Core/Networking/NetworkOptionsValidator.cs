using System.Text;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Runtime.Networking;

/// <summary>Checks <see cref="NetworkOptions"/> and <see cref="ConnectionOptions"/>.</summary>
internal sealed class NetworkOptionsValidator(IOptions<NetworkOptions> network, IOptions<ConnectionOptions> connection, IOptions<ClusterOptions> cluster) : IConfigurationValidator
{
    public void ValidateConfiguration()
    {
        var options = network.Value;
        RequirePositive(nameof(NetworkOptions), nameof(options.MaxQueuedFrames), options.MaxQueuedFrames);
        RequirePositive(nameof(NetworkOptions), nameof(options.MaxQueuedBytes), options.MaxQueuedBytes);
        RequirePositive(nameof(NetworkOptions), nameof(options.MaxConnections), options.MaxConnections);
        RequirePositive(nameof(NetworkOptions), nameof(options.MaxPeers), options.MaxPeers);
        RequirePositive(nameof(NetworkOptions), nameof(options.KeepAlivePeriod), options.KeepAlivePeriod);
        if (options.KeepAliveTimeout < options.KeepAlivePeriod)
            throw new OrleansConfigurationException($"NetworkOptions.KeepAliveTimeout is {options.KeepAliveTimeout}; it must not be less than KeepAlivePeriod, which is {options.KeepAlivePeriod}.");

        RequirePositive(nameof(ConnectionOptions), nameof(ConnectionOptions.ConnectionsPerEndpoint), connection.Value.ConnectionsPerEndpoint);
        RequirePositive(nameof(ConnectionOptions), nameof(ConnectionOptions.OpenConnectionTimeout), connection.Value.OpenConnectionTimeout);
        if (connection.Value.ConnectionRetryDelay < TimeSpan.Zero)
            throw new OrleansConfigurationException($"ConnectionOptions.ConnectionRetryDelay is {connection.Value.ConnectionRetryDelay}; it must not be negative.");
        if (Encoding.UTF8.GetByteCount(cluster.Value.ClusterId) > Preamble.MaxClusterId)
            throw new OrleansConfigurationException($"ClusterOptions.ClusterId has more than {Preamble.MaxClusterId} bytes.");
    }

    private static void RequirePositive<T>(string options, string name, T value) where T : IComparable<T>
    {
        if (value.CompareTo(default) <= 0)
            throw new OrleansConfigurationException($"{options}.{name} is {value}; it must be greater than zero.");
    }
}
