using System.Net;
using System.Net.Sockets;

namespace Orleans.TestingHost;

/// <summary>Ports of this machine that nobody listens on, from a range out of which the system takes none by itself.</summary>
internal static class FreePorts
{
    private const int First = 13_000;
    private const int Count = 18_000;

    // Nothing keeps a port from when it is found free until somebody listens: processes that run side by side begin at
    // different ones.
    private const int PerProcess = 20;
    private static int s_last = unchecked(Environment.ProcessId * PerProcess);

    public static int[] Take(int count)
    {
        var ports = new int[count];
        for (var i = 0; i < count; i++)
            ports[i] = TakeOne();
        return ports;
    }

    public static int TakeOne()
    {
        for (var tries = 0; tries < Count; tries++)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref s_last) % Count);
            if (IsFree(port))
                return port;
        }

        throw new InvalidOperationException($"None of the ports from {First} to {First + Count - 1} is free.");
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
