namespace Orleans.Runtime.Networking;

/// <summary>Gets what arrives on connections. The calls of one connection never overlap.</summary>
internal interface IFrameReceiver
{
    /// <summary>Both sides have accepted each other; the first of the calls.</summary>
    void Opened(Connection connection);

    /// <summary>A frame arrived. Runs on the connection's read loop and must not block; an exception closes the connection.</summary>
    void Received(Connection connection, in IncomingFrame frame);

    /// <summary>
    /// The connection is gone, and this frame, which it had accepted, has certainly not been sent, not even in part. The
    /// receiver owns it now: it sends it elsewhere or returns it.
    /// </summary>
    void Unsent(Connection connection, OutgoingFrame frame);

    /// <summary>The last of the calls, once for each that was opened; no reason if it was closed on purpose.</summary>
    void Closed(Connection connection, Exception? reason);
}
