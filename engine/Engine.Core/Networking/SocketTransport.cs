using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace Orleans.Runtime.Networking;

/// <summary>A TCP connection as it is, on Kestrel's socket transport.</summary>
internal sealed class SocketTransport(ConnectionContext connection) : Transport
{
    public override PipeReader Input => connection.Transport.Input;

    public override PipeWriter Output => connection.Transport.Output;

    public override void Abort() => connection.Abort();

    public override async ValueTask DisposeAsync()
    {
        await Output.CompleteAsync();
        await Input.CompleteAsync();
        await connection.DisposeAsync();
    }
}
