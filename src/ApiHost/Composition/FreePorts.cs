using System.Net;
using System.Net.Sockets;

namespace Crescent.ApiHost.Composition;

/// <summary>Ports for the co-hosted silo, which nobody outside this process needs to know.</summary>
internal static class FreePorts
{
    /// <summary>Different ports that were free on loopback a moment ago.</summary>
    public static int[] OnLoopback(int count)
    {
        // All are held at once, so that the system can not give the same one twice.
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        try
        {
            return [.. listeners.Select(listener =>
            {
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            })];
        }
        finally
        {
            foreach (var listener in listeners)
                listener.Dispose();
        }
    }
}
