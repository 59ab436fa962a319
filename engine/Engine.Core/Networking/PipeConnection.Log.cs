using Microsoft.Extensions.Logging;

namespace Orleans.Runtime.Networking;

internal sealed partial class PipeConnection
{
    [LoggerMessage(601, LogLevel.Debug, "The connection to {Peer} was closed: {Reason}.")]
    private partial void LogClosed(Peer peer, string reason);

    [LoggerMessage(602, LogLevel.Debug, "The connection to {Peer} was closed by the other side.")]
    private partial void LogEnded(Peer peer);

    [LoggerMessage(603, LogLevel.Warning, "The connection to {Peer} is closed: {Reason}.")]
    private partial void LogFailed(Peer peer, string reason);

    [LoggerMessage(604, LogLevel.Warning, "The connection to {Peer} is about to be closed: what arrived is no frame ({Problem}; a body may have {MaxBody} bytes).")]
    private partial void LogMalformed(Peer peer, FrameParse problem, long maxBody);

    [LoggerMessage(605, LogLevel.Error, "What waited for the end of the connection to {Peer} threw; the connection is closed nevertheless.")]
    private partial void LogReceiverFailed(Exception exception, Peer peer);

    [LoggerMessage(606, LogLevel.Debug, "The transport of the connection to {Peer} complained while it was closed.")]
    private partial void LogCloseFailed(Exception exception, Peer peer);
}
