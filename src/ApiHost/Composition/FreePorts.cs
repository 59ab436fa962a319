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
    const int Count = 18_000;

    // Nothing keeps a port from when it is found free until the silo listens, so processes that start side by side begin at
    // different ones, and no process finds the same one twice in a row.
    const int PerProcess = 20;
    static int s_last = unchecked(Environment.ProcessId * PerProcess);

    /// <summary>Different ports on which nobody listened on loopback a moment ago.</summary>
    public static int[] OnLoopback(int count)
    {
        var ports = new List<int>();
        for (var tries = Count; ports.Count < count; tries--)
        {
            if (tries == 0) throw new InvalidOperationException($"There are no {count} free ports from {First} to {First + Count - 1}.");
            var port = First + (int)((uint)Interlocked.Increment(ref s_last) % Count);
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
