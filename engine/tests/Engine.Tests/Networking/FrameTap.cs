using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Orleans.Runtime.Networking;

namespace Engine.Tests.Networking;

/// <summary>Stands between a caller and a port, and keeps the frames that the caller sends.</summary>
internal sealed class FrameTap : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly IPEndPoint _target;
    private readonly List<byte> _sent = [];
    private readonly Task _relaying;

    public FrameTap(IPEndPoint target)
    {
        _target = target;
        _listener.Start();
        _relaying = RelayAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The frames after the preamble, once the caller is gone.</summary>
    public async Task<IReadOnlyList<byte[]>> GetFramesAsync()
    {
        await _relaying;
        var buffer = new ReadOnlySequence<byte>([.. _sent]);
        Assert.Equal(FrameParse.Frame, Preamble.TryRead(ref buffer, out _));
        var frames = new List<byte[]>();
        while (true)
        {
            var before = buffer;
            if (FrameFormat.TryRead(ref buffer, int.MaxValue, out _) != FrameParse.Frame)
                return frames;
            frames.Add(before.Slice(0, before.Length - buffer.Length).ToArray());
        }
    }

    public void Dispose() => _listener.Dispose();

    private async Task RelayAsync()
    {
        using var caller = await _listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        using var callee = new TcpClient();
        await callee.ConnectAsync(_target, TestContext.Current.CancellationToken);
        var answers = callee.GetStream().CopyToAsync(caller.GetStream(), TestContext.Current.CancellationToken);
        var buffer = new byte[16 * 1024];
        try
        {
            while (await caller.GetStream().ReadAsync(buffer, TestContext.Current.CancellationToken) is > 0 and var count)
            {
                _sent.AddRange(buffer.AsSpan(0, count));
                await callee.GetStream().WriteAsync(buffer.AsMemory(0, count), TestContext.Current.CancellationToken);
            }
        }
        catch (IOException)
        {
            // The caller has reset the connection: it is gone as well.
        }

        callee.Client.Shutdown(SocketShutdown.Both);
        await answers.ContinueWith(static _ => { }, TaskScheduler.Default);
    }
}
