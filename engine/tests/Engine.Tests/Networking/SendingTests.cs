using System.Buffers;
using Crescent.Testing;
using Orleans.Runtime.Networking;

namespace Engine.Tests.Networking;

/// <summary>The way out of a connection, over a transport that takes as much as a test wants.</summary>
public sealed class SendingTests
{
    private const int BodySize = 10_000;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TrySend_ToAPeerThatDoesNotRead_IsRefusedAtTheBoundAndGivesBackWhatWasNotSent()
    {
        var receiver = new RecordingReceiver();
        var transport = new MemoryTransport(capacity: 1);
        var (connection, run) = Start(transport, receiver, new() { MaxQueuedBytes = 20 * BodySize });

        var accepted = Fill(connection);

        Assert.InRange(connection.QueuedBytes, 18 * BodySize, 20 * BodySize);
        Assert.True(connection.IsSaturated);

        connection.Close("the test wants it");
        await run;

        // What was accepted was either handed to the transport or is given back, oldest first.
        var sent = await ReadIdsAsync(transport.Sent, Cancelled);
        Assert.Equal(Enumerable.Range(0, accepted).Select(i => (long)i), sent.Concat(receiver.Unsent));
        Assert.NotEmpty(receiver.Unsent);
    }

    [Fact]
    public async Task TrySend_AfterThePeerReadAgain_GoesOn()
    {
        var transport = new MemoryTransport(capacity: 1);
        var (connection, run) = Start(transport, new(), new() { MaxQueuedBytes = 20 * BodySize });
        var accepted = Fill(connection);

        var read = 0L;
        while (read < accepted * (long)(BodySize + FrameFormat.HeaderSize))
        {
            var result = await transport.Sent.ReadAsync(Cancelled);
            read += result.Buffer.Length;
            transport.Sent.AdvanceTo(result.Buffer.End);
        }

        await Eventually.TrueAsync(() => Task.FromResult(connection.QueuedBytes == 0), Cancelled);
        Assert.Equal(SendOutcome.Queued, connection.TrySend(OutgoingFrame.Rent(FrameKind.Request, 0)));
        connection.Close("the test is over");
        await run;
    }

    [Fact]
    public async Task Frames_ThatWaitedForAFlush_GoOutWithTheNextOne()
    {
        const int Count = 3_000;
        var transport = new MemoryTransport(capacity: 1);
        var (connection, run) = Start(transport, new(), new());
        Send(connection, 0, 1);
        await Eventually.TrueAsync(() => Task.FromResult(transport.Flushes == 1), Cancelled);

        for (var i = 1; i < Count; i++)
            Send(connection, i, 1);
        var total = Count * (FrameFormat.HeaderSize + 1L);
        for (var read = 0L; read < total;)
        {
            var result = await transport.Sent.ReadAsync(Cancelled);
            read += result.Buffer.Length;
            transport.Sent.AdvanceTo(result.Buffer.End);
        }

        Assert.InRange(transport.Flushes, 2, 2 + (int)(total / (64 * 1024)) + 1);
        connection.Close("the test is over");
        await run;
    }

    [Fact]
    public async Task FinishAsync_OfAPeerThatDoesNotRead_EndsWithItsToken()
    {
        var receiver = new RecordingReceiver();
        var transport = new MemoryTransport(capacity: 1);
        var (connection, run) = Start(transport, receiver, new() { MaxQueuedBytes = 20 * BodySize });
        Fill(connection);
        using var patience = new CancellationTokenSource();

        var finish = connection.FinishAsync("the test wants it", patience.Token);
        Assert.Equal(SendOutcome.Closed, connection.TrySend(OutgoingFrame.Rent(FrameKind.Request, 0)));
        Assert.False(finish.IsCompleted);
        await patience.CancelAsync();

        await finish;
        await run;
        Assert.NotEmpty(receiver.Unsent);
    }

    [Fact]
    public async Task Close_ByManyThreadsWhileOthersSend_LosesNoFrame()
    {
        for (var round = 0; round < 200; round++)
        {
            var receiver = new RecordingReceiver();
            var transport = new MemoryTransport(capacity: 1_000_000);
            var (connection, run) = Start(transport, receiver, new());
            var accepted = 0;
            var senders = Enumerable.Range(0, 3).Select(_ => Task.Run(
                () =>
                {
                    for (var i = 0; i < 200; i++)
                    {
                        if (connection.TrySend(OutgoingFrame.Rent(FrameKind.Request, i)) == SendOutcome.Queued)
                            Interlocked.Increment(ref accepted);
                    }
                },
                Cancelled)).ToArray();
            var closers = Enumerable.Range(0, 2).Select(_ => Task.Run(() => connection.Close("the test wants it"), Cancelled)).ToArray();

            await Task.WhenAll([.. senders, .. closers, run]);

            var sent = await ReadIdsAsync(transport.Sent, Cancelled);
            Assert.Equal(accepted, sent.Count + receiver.Unsent.Count);
        }
    }

    private static (PipeConnection Connection, Task Run) Start(MemoryTransport transport, RecordingReceiver receiver, NetworkOptions network)
    {
        var settings = new NodeOptions { Network = network }.ToSettings(new("test", null, Guid.CreateVersion7()));
        var connection = new PipeConnection(transport, new(null, Guid.CreateVersion7()), settings, receiver);
        connection.Open();
        return (connection, connection.RunAsync());
    }

    private static int Fill(PipeConnection connection)
    {
        for (var i = 0; ; i++)
        {
            var frame = OutgoingFrame.Rent(FrameKind.Request, i);
            frame.Write(new byte[BodySize]);
            if (connection.TrySend(frame) == SendOutcome.Queued)
                continue;
            frame.Return();
            return i;
        }
    }

    private static void Send(Connection connection, long id, int bodySize)
    {
        var frame = OutgoingFrame.Rent(FrameKind.Request, id);
        frame.Write(new byte[bodySize]);
        Assert.Equal(SendOutcome.Queued, connection.TrySend(frame));
    }

    private static async Task<List<long>> ReadIdsAsync(System.IO.Pipelines.PipeReader reader, CancellationToken cancellationToken)
    {
        var ids = new List<long>();
        while (true)
        {
            var result = await reader.ReadAsync(cancellationToken);
            var buffer = result.Buffer;
            while (FrameFormat.TryRead(ref buffer, BodySize, out var frame) == FrameParse.Frame)
                ids.Add(frame.CorrelationId);
            reader.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted)
                return ids;
        }
    }
}
