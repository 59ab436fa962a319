using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace Orleans.Runtime.Networking;

/// <summary>What all connections of a host have in common.</summary>
internal sealed class NetworkSettings
{
    public required LocalPeer Self { get; init; }

    public required NetworkOptions Network { get; init; }

    public required ConnectionOptions Connection { get; init; }

    public required MessagingOptions Messaging { get; init; }

    public required TimeProvider Time { get; init; }

    public required ILoggerFactory Loggers { get; init; }

    /// <summary>Null if connections are not secured.</summary>
    public TransportSecurity? Security { get; init; }

    /// <summary>Null in production.</summary>
    public IFrameFaults? Faults { get; init; }

    /// <summary>The longest body a frame may have, either way: a call's header and its arguments.</summary>
    public long MaxFrameBody => (long)Messaging.MaxMessageHeaderSize + Messaging.MaxMessageBodySize;
}
