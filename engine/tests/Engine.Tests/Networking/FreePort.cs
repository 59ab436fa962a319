using System.Net;
using System.Net.Sockets;

namespace Engine.Tests.Networking;

/// <summary>A port of loopback that nobody listens on.</summary>
internal static class FreePort
{
    public static int Take()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }
}
