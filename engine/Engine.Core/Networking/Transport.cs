using System.IO.Pipelines;

namespace Orleans.Runtime.Networking;

/// <summary>Bytes both ways, secured or not.</summary>
internal abstract class Transport : IDuplexPipe, IAsyncDisposable
{
    public abstract PipeReader Input { get; }

    public abstract PipeWriter Output { get; }

    /// <summary>Ends both ways at once; what was not sent yet is lost.</summary>
    public abstract void Abort();

    /// <summary>Sends what was flushed, and closes.</summary>
    public abstract ValueTask DisposeAsync();
}
