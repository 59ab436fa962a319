using System.Net;
using System.Net.Sockets;

namespace Orleans.Behaviours.Support;

public static class FreePorts
{
    private const int First = 13_000;
    private const int Count = 18_000;
    private const int PerProcess = 20;

    private static int s_last = unchecked(Environment.ProcessId * PerProcess);

    /// <summary>
    /// Different ports that nobody listens on, below those that the system gives to connections by itself. Processes that
    /// run side by side begin at different ones, because nothing keeps a port until somebody listens.
    /// </summary>
    public static int[] Take(int count) => [.. Enumerable.Range(0, Count).Select(_ => Next()).Where(IsFree).Take(count)];

    private static int Next() => First + (int)((uint)Interlocked.Increment(ref s_last) % Count);

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
