using System.Buffers;

namespace Orleans.Runtime;

/// <summary>What a request to another process leaves behind: a call, or a request that was passed on.</summary>
internal interface IAwaitsAnswer
{
    /// <summary>The answer came; runs on a connection's read loop. The bytes can be used only until this returns.</summary>
    void Answered(in ReadOnlySequence<byte> body);

    /// <summary>There will be no answer: the request could not be sent, or whoever had it is lost.</summary>
    /// <param name="exception">Why.</param>
    /// <param name="wasSent">Whether it may have been received.</param>
    void Failed(Exception exception, bool wasSent);

    /// <summary>Whether nobody waits any longer.</summary>
    bool IsExpired(long now);

    /// <summary>Nobody waits any longer; it has been taken out.</summary>
    void Expire();
}
