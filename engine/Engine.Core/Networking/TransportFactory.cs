using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Orleans.Runtime.Networking;

/// <summary>Makes transports of sockets: of new ones that connect, and of those that were accepted.</summary>
internal sealed class TransportFactory(NetworkSettings settings) : IDisposable
{
    private readonly SocketConnectionContextFactory _contexts = new(
        new SocketConnectionFactoryOptions
        {
            // The read loop runs where the data arrives, and a flush writes to the socket itself: two changes of thread less.
            UnsafePreferInlineScheduling = true,
            WaitForDataBeforeAllocatingBuffer = false,
        },
        settings.Loggers.CreateLogger("Orleans.Runtime.Networking.Sockets"));

    public async Task<Transport> ConnectAsync(IPEndPoint endpoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(endpoint, cancellationToken);
            socket.NoDelay = true;
            return settings.Security is { } security
                ? await security.AuthenticateAsClientAsync(socket, endpoint, cancellationToken)
                : new SocketTransport(_contexts.Create(socket));
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public async Task<Transport> AcceptAsync(Socket socket, CancellationToken cancellationToken)
    {
        try
        {
            socket.NoDelay = true;
            return settings.Security is { } security
                ? await security.AuthenticateAsServerAsync(socket, cancellationToken)
                : new SocketTransport(_contexts.Create(socket));
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Dispose() => _contexts.Dispose();
}
