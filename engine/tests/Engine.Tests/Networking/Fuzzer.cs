using System.Net;
using System.Net.Sockets;
using Orleans.Runtime.Networking;

namespace Engine.Tests.Networking;

/// <summary>
/// Connects to a port again and again and sends damaged preambles, lengths, kinds, headers and bodies. What it sends comes
/// from its seed.
/// </summary>
/// <param name="preamble">What a good caller says first.</param>
/// <param name="samples">Frames of a good caller.</param>
internal sealed class Fuzzer(IPEndPoint endpoint, byte[] preamble, IReadOnlyList<byte[]> samples, int seed)
{
    private const int MaxFramesOfAConnection = 16;

    private int _frames;
    private int _preambles;

    /// <summary>Damaged frames that have been sent.</summary>
    public int Frames => Volatile.Read(ref _frames);

    /// <summary>Damaged preambles that have been sent.</summary>
    public int Preambles => Volatile.Read(ref _preambles);

    public Task RunAsync(int frames, int workers) => Task.WhenAll(Enumerable.Range(0, workers).Select(worker => Task.Run(
        async () =>
        {
            var random = new Random(seed + worker);
            while (Frames < frames)
                await AttackAsync(random);
        },
        TestContext.Current.CancellationToken)));

    private async Task AttackAsync(Random random)
    {
        using var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(endpoint, TestContext.Current.CancellationToken);

        // Ports are not to run out.
        socket.LingerState = new(true, 0);
        try
        {
            await socket.SendAsync(Compose(random), TestContext.Current.CancellationToken);
            if (random.Next(10) == 0)
                return;

            // What the other side has read to its end it has judged.
            socket.Shutdown(SocketShutdown.Send);
            using var peer = new RawPeer(socket);
            await peer.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        }
        catch (SocketException)
        {
            // It closed the connection while there was more to send.
        }
    }

    private byte[] Compose(Random random)
    {
        var bytes = new List<byte>();
        switch (random.Next(10))
        {
            case 0:
                bytes.AddRange(Mutator.Mutate(preamble, random));
                Interlocked.Increment(ref _preambles);
                break;
            case 1:
                var garbage = new byte[random.Next(1, 2000)];
                random.NextBytes(garbage);
                bytes.AddRange(garbage);
                Interlocked.Increment(ref _preambles);
                return [.. bytes];
            default:
                bytes.AddRange(preamble);
                break;
        }

        // Damage within bodies is seen by the codecs behind; the damaged header at the end ends the connection.
        var count = random.Next(1, MaxFramesOfAConnection);
        for (var i = 0; i < count; i++)
        {
            var sample = samples[random.Next(samples.Count)];
            bytes.AddRange(i == count - 1 ? Mutator.Mutate(sample, random) : MutateBody(sample, random));
        }

        Interlocked.Add(ref _frames, count);
        return [.. bytes];
    }

    private static byte[] MutateBody(byte[] frame, Random random)
    {
        var kind = random.Next(20) == 0 ? (FrameKind)random.Next(1, 9) : (FrameKind)frame[4];
        return Networking.Frames.Bytes(kind, random.NextInt64(), Mutator.Mutate(frame[FrameFormat.HeaderSize..], random), (byte)random.Next(4));
    }
}

/// <summary>Tests that look at the memory of the whole process run alone.</summary>
[CollectionDefinition(nameof(Fuzzing), DisableParallelization = true)]
public sealed class Fuzzing;
