using System.Net;
using Microsoft.Extensions.Logging;

namespace Orleans.Runtime.Networking;

internal sealed partial class ConnectionListener
{
    [LoggerMessage(621, LogLevel.Information, "Listening for connections of a {Role} at {Endpoint}.")]
    private partial void LogListening(PeerRole role, IPEndPoint endpoint);

    [LoggerMessage(622, LogLevel.Debug, "Accepted {Peer} from {Remote}.")]
    private partial void LogAccepted(Peer peer, EndPoint? remote);

    [LoggerMessage(623, LogLevel.Warning, "A connection from {Remote} to the port of a {Role} was refused: {Reason}")]
    private partial void LogRefused(PeerRole role, EndPoint? remote, string reason);

    [LoggerMessage(624, LogLevel.Error, "The port of a {Role} could not accept: {Reason}; it is tried again in {Delay}.")]
    private partial void LogAcceptFailed(PeerRole role, string reason, TimeSpan delay);

    [LoggerMessage(625, LogLevel.Warning, "The port of a {Role} has its {Limit} connections (MaxConnections); another one was closed.")]
    private partial void LogTooMany(PeerRole role, int limit);
}
