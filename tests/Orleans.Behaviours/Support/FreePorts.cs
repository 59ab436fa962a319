using System.Net;
using System.Net.Sockets;

namespace Orleans.Behaviours.Support;

public static class FreePorts
{
    private const int First = 13_000;
    private const int End = 31_000;

    /// <summary>Different ports that nobody listens on, below those that the system gives to connections by itself.</summary>
    public static int[] Take(int count)
    {
        var first = Random.Shared.Next(First, End);
        return [.. Enumerable.Range(first, End - First).Select(port => First + (port - First) % (End - First)).Where(IsFree).Take(count)];
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
