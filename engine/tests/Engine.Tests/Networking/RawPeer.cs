using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Orleans.Runtime.Networking;

namespace Engine.Tests.Networking;

/// <summary>The other end of a connection, byte by byte: it does only what a test has it do.</summary>
internal sealed class RawPeer(Socket socket) : IDisposable
{
    public Socket Socket => socket;

    public static async Task<RawPeer> ConnectAsync(IPEndPoint endpoint)
    {
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(endpoint, TestContext.Current.CancellationToken);
        return new(socket);
    }

    /// <summary>Connects and introduces itself as a client; waits for the answer.</summary>
    public static async Task<RawPeer> ConnectAsClientAsync(NetworkNode gateway)
    {
        var peer = await ConnectAsync(gateway.Endpoint);
        await peer.SendAsync(Preamble.Of(new(gateway.Settings.Self.ClusterId, null, Guid.CreateVersion7()), gateway.Address));
        Assert.Equal(PreambleStatus.Accepted, (await peer.ReadPreambleAsync()).Status);
        return peer;
    }

    /// <summary>Listens, and takes the first who connects.</summary>
    public static async Task<(RawPeer Peer, T Other)> AcceptAsync<T>(Func<IPEndPoint, Task<T>> connect)
    {
        using var listening = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listening.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listening.Listen();
        var other = connect((IPEndPoint)listening.LocalEndPoint!);
        var peer = new RawPeer(await listening.AcceptAsync(TestContext.Current.CancellationToken));
        return (peer, await other);
    }

    public Task SendAsync(Preamble preamble)
    {
        var output = new ArrayBufferWriter<byte>();
        preamble.Write(output);
        return SendAsync(output.WrittenMemory);
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes) => await socket.SendAsync(bytes, TestContext.Current.CancellationToken);

    public async Task<Preamble> ReadPreambleAsync()
    {
        var bytes = new List<byte>();
        while (true)
        {
            var buffer = new ReadOnlySequence<byte>([.. bytes]);
            if (Preamble.TryRead(ref buffer, out var preamble) == FrameParse.Frame)
                return preamble!;
            bytes.Add((await ReadAsync(1))[0]);
        }
    }

    public async Task<(FrameKind Kind, long CorrelationId, byte[] Body)> ReadFrameAsync()
    {
        var header = await ReadAsync(FrameFormat.HeaderSize);
        var body = await ReadAsync(BitConverter.ToInt32(header) - FrameFormat.HeaderSize + FrameFormat.LengthSize);
        return ((FrameKind)header[4], BitConverter.ToInt64(header, 6), body);
    }

    /// <summary>Reads until the other side has closed; answers how much that was.</summary>
    public async Task<long> ReadToEndAsync()
    {
        var total = 0L;
        var buffer = new byte[64 * 1024];
        try
        {
            while (await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken) is > 0 and var count)
                total += count;
        }
        catch (SocketException)
        {
            // Reset: closed as well.
        }

        return total;
    }

    public void Dispose() => socket.Dispose();

    private async Task<byte[]> ReadAsync(int length)
    {
        var bytes = new byte[length];
        for (var read = 0; read < length;)
        {
            var count = await socket.ReceiveAsync(bytes.AsMemory(read), TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30));
            if (count == 0)
                throw new EndOfStreamException();
            read += count;
        }

        return bytes;
    }
}
