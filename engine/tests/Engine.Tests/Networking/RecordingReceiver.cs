using System.Buffers;
using System.Collections.Concurrent;
using System.Threading.Channels;
using Orleans.Runtime.Networking;

namespace Engine.Tests.Networking;

/// <summary>A frame that arrived, copied out of the read buffer.</summary>
internal sealed record Arrived(Connection Connection, FrameKind Kind, byte Flags, long CorrelationId, byte[] Body);

/// <summary>Keeps what it gets, for tests to wait for; and does with requests as told.</summary>
internal sealed class RecordingReceiver : IFrameReceiver
{
    private readonly Channel<Arrived> _frames = Channel.CreateUnbounded<Arrived>();
    private readonly Channel<Connection> _opened = Channel.CreateUnbounded<Connection>();
    private readonly Channel<(Connection Connection, Exception? Reason)> _closed = Channel.CreateUnbounded<(Connection, Exception?)>();

    public ConcurrentQueue<long> Unsent { get; } = new();

    /// <summary>Runs on the read loop; frames are kept only without it.</summary>
    public Action<Connection, Arrived>? OnFrame { get; set; }

    /// <summary>Answers each request with its own body.</summary>
    public static RecordingReceiver CreateEcho() => new()
    {
        OnFrame = static (connection, frame) =>
        {
            var answer = OutgoingFrame.Rent(FrameKind.Response, frame.CorrelationId);
            answer.Write(frame.Body);
            if (connection.TrySend(answer) != SendOutcome.Queued)
                answer.Return();
        },
    };

    public ValueTask<Arrived> NextFrameAsync() => NextAsync(_frames);

    public ValueTask<Connection> NextOpenedAsync() => NextAsync(_opened);

    public ValueTask<(Connection Connection, Exception? Reason)> NextClosedAsync() => NextAsync(_closed);

    void IFrameReceiver.Opened(Connection connection) => _opened.Writer.TryWrite(connection);

    void IFrameReceiver.Received(Connection connection, in IncomingFrame frame)
    {
        var arrived = new Arrived(connection, frame.Kind, frame.Flags, frame.CorrelationId, frame.Body.ToArray());
        if (OnFrame is { } handle)
            handle(connection, arrived);
        else
            _frames.Writer.TryWrite(arrived);
    }

    void IFrameReceiver.Unsent(Connection connection, OutgoingFrame frame)
    {
        Unsent.Enqueue(frame.CorrelationId);
        frame.Return();
    }

    void IFrameReceiver.Closed(Connection connection, Exception? reason) => _closed.Writer.TryWrite((connection, reason));

    private static async ValueTask<T> NextAsync<T>(Channel<T> channel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        return await channel.Reader.ReadAsync(limit.Token);
    }
}
