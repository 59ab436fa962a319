using Microsoft.Extensions.Logging;

namespace Orleans.Runtime.Networking;

internal sealed partial class ConnectionManager
{
    [LoggerMessage(611, LogLevel.Debug, "Connected to {Peer}.")]
    private partial void LogConnected(Peer peer);

    [LoggerMessage(612, LogLevel.Information, "No connection to {Silo}: {Reason} It is tried again when it is next needed.")]
    private partial void LogFailed(SiloAddress silo, string reason);
}
