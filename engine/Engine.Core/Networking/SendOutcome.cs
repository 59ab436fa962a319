namespace Orleans.Runtime.Networking;

/// <summary>What became of a frame that was given to a connection.</summary>
internal enum SendOutcome
{
    /// <summary>The connection owns the frame and sends it.</summary>
    Queued,

    /// <summary>Too much waits already; the frame stays with the caller.</summary>
    Full,

    /// <summary>The connection is gone; the frame stays with the caller.</summary>
    Closed,
}
