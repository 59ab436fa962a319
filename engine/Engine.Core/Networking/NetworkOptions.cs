namespace Orleans.Runtime.Networking;

/// <summary>
/// The bounds of connections that Orleans' own options don't have. Read from <c>Orleans:Network</c> of the host's
/// configuration.
/// </summary>
internal sealed class NetworkOptions
{
    public const string Section = "Orleans:Network";

    /// <summary>Frames that may wait on one connection to be sent; further ones are refused.</summary>
    public int MaxQueuedFrames { get; set; } = 65_536;

    /// <summary>Bytes of frames that may wait on one connection; a single frame may be longer if nothing else waits.</summary>
    public long MaxQueuedBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>Connections that one port accepts at a time.</summary>
    public int MaxConnections { get; set; } = 2048;

    /// <summary>A connection on which nothing has arrived for this long is asked for a sign of life.</summary>
    public TimeSpan KeepAlivePeriod { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>A connection on which nothing has arrived for this long, although asked, is closed.</summary>
    public TimeSpan KeepAliveTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Silos whose connections or last failures are remembered.</summary>
    public int MaxPeers { get; set; } = 4096;
}
