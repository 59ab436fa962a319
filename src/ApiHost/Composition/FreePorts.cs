using System.Net;
using System.Net.Sockets;

namespace Crescent.ApiHost.Composition;

/// <summary>
/// Ports for the co-hosted silo, which nobody outside this process needs to know. They come from below those that the
/// system hands out by itself: until the silo listens, no connection of anybody can take one.
/// </summary>
internal static class FreePorts
{
    const int First = 13_000;
    const int End = 31_000;

    /// <summary>Different ports on which nobody listened on loopback a moment ago.</summary>
    public static int[] OnLoopback(int count)
    {
        var ports = new HashSet<int>();
        for (var tries = End - First; ports.Count < count; tries--)
        {
            if (tries == 0) throw new InvalidOperationException($"There are no {count} free ports from {First} to {End}.");
            var port = Random.Shared.Next(First, End);
            if (IsFree(port)) ports.Add(port);
        }

        return [.. ports];
    }

    public static bool IsFree(int port)
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
