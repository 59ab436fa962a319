namespace Orleans.Runtime;

/// <summary>One life of a silo in a <see cref="ClusterView"/>.</summary>
/// <param name="Address">Where it listens for silos.</param>
/// <param name="Name">As configured.</param>
/// <param name="HostName">Its machine.</param>
/// <param name="Status">Where it is on its way from start to end.</param>
/// <param name="ProxyPort">Where it listens for clients; 0 for nowhere.</param>
/// <param name="StartTime">When it came, in UTC.</param>
internal sealed record SiloMember(SiloAddress Address, string Name, string HostName, SiloStatus Status, int ProxyPort, DateTime StartTime);
