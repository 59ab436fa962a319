using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime.Networking;

namespace Orleans.Runtime;

/// <summary>
/// Messages between silos beside calls.
/// <code>
/// control = topic content          topic: u8; sent with correlation id 0 if no answer is wanted
/// answer  = status content         status: u8; 0: the content is the answer, 1: it says in UTF-8 why there is none
/// </code>
/// </summary>
internal sealed partial class SiloControl(ILocalSiloDetails silo, TimeProvider time, IOptions<CallOptions> options, ILogger<SiloControl> logger) : ISiloControl, IDisposable
{
    private readonly SiloAddress _self = silo.SiloAddress;
    private readonly ConcurrentDictionary<long, Asked> _asked = new();
    private readonly Func<SiloAddress, ReadOnlyMemory<byte>, CancellationToken, ValueTask<byte[]?>>?[] _handlers = new Func<SiloAddress, ReadOnlyMemory<byte>, CancellationToken, ValueTask<byte[]?>>?[byte.MaxValue + 1];
    private readonly CancellationTokenSource _stopping = new();
    private ConnectionManager? _connections;
    private long _lastNumber;
    private int _handling;

    public void Handle(byte topic, Func<SiloAddress, ReadOnlyMemory<byte>, CancellationToken, ValueTask<byte[]?>> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        if (Interlocked.CompareExchange(ref _handlers[topic], handler, null) is not null)
        {
            throw new InvalidOperationException($"The topic {topic} has a handler.");
        }
    }

    public async Task<byte[]> AskAsync(SiloAddress target, byte topic, ReadOnlyMemory<byte> body, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(timeout, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return _self.Equals(target)
                ? await AskSelfAsync(topic, body.ToArray(), ending.Token)
                : await AskOtherAsync(target, topic, body.ToArray(), ending.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{target} did not answer within {timeout} (topic {topic}).");
        }
    }

    public void Tell(SiloAddress target, byte topic, ReadOnlyMemory<byte> body)
    {
        if (_self.Equals(target))
        {
            _ = HandleAsync(_self, topic, body.ToArray());
        }
        else
        {
            _ = TellAsync(target, topic, body.ToArray());
        }
    }

    public void Open(ConnectionManager connections) => _connections = connections;

    public void Close() => _stopping.Cancel();

    public void Dispose() => _stopping.Dispose();

    /// <summary>A message came; runs on the read loop.</summary>
    public void Receive(Connection connection, SiloAddress sender, in IncomingFrame frame)
    {
        if (frame.Body.IsEmpty)
        {
            throw new InvalidDataException("a control message without a topic");
        }

        if (Interlocked.Increment(ref _handling) > options.Value.MaxControlMessages)
        {
            Interlocked.Decrement(ref _handling);
            LogTooMany(options.Value.MaxControlMessages, sender);
            return;
        }

        var body = frame.Body.ToArray();
        var number = frame.CorrelationId;
        ThreadPool.UnsafeQueueUserWorkItem(
            static work => _ = work.self.AnswerAsync(work.connection, work.sender, work.number, work.body),
            (self: this, connection, sender, number, body),
            preferLocal: false);
    }

    /// <summary>An answer came; runs on the read loop.</summary>
    public void ReceiveAnswer(Connection connection, in IncomingFrame frame)
    {
        if (!_asked.TryGetValue(frame.CorrelationId, out var asked) || !ReferenceEquals(asked.Connection, connection) || frame.Body.IsEmpty)
        {
            return;
        }

        var body = frame.Body.ToArray();
        if (body[0] == ControlStatus.Answered)
        {
            asked.Answer.TrySetResult(body[1..]);
        }
        else
        {
            asked.Answer.TrySetException(new SiloUnavailableException(Encoding.UTF8.GetString(body.AsSpan(1))));
        }
    }

    /// <summary>A connection is gone: nobody will answer on it.</summary>
    public void Lose(Connection connection, string reason)
    {
        foreach (var asked in _asked.Values)
        {
            if (ReferenceEquals(asked.Connection, connection))
            {
                asked.Answer.TrySetException(new SiloUnavailableException(reason));
            }
        }
    }

    private static OutgoingFrame Write(byte topic, long number, byte[] body)
    {
        var frame = OutgoingFrame.Rent(FrameKind.Control, number);
        frame.Write([topic]);
        frame.Write(body);
        return frame;
    }

    private async Task<byte[]> AskSelfAsync(byte topic, byte[] body, CancellationToken token)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var handler = _handlers[topic] ?? throw new SiloUnavailableException($"{_self} has no handler of topic {topic} yet.");
        var answer = await handler(_self, body, _stopping.Token).AsTask().WaitAsync(token);
        if (answer is not null)
        {
            return answer;
        }

        await Task.Delay(Timeout.InfiniteTimeSpan, time, token);
        throw new OperationCanceledException(token);
    }

    private async Task<byte[]> AskOtherAsync(SiloAddress target, byte topic, byte[] body, CancellationToken token)
    {
        var connection = await ConnectAsync(target, token);
        var number = Interlocked.Increment(ref _lastNumber);
        var asked = new Asked(connection);
        _asked[number] = asked;
        try
        {
            Send(connection, Write(topic, number, body));
            if (connection.IsClosed)
            {
                asked.Answer.TrySetException(new SiloUnavailableException($"The connection to {target} was lost."));
            }

            return await asked.Answer.Task.WaitAsync(token);
        }
        finally
        {
            _asked.TryRemove(number, out _);
        }
    }

    /// <summary>Owned by nobody: what becomes of the message is of no interest to its sender.</summary>
    private async Task TellAsync(SiloAddress target, byte topic, byte[] body)
    {
        try
        {
            Send(await ConnectAsync(target, _stopping.Token), Write(topic, 0, body));
        }
        catch (Exception exception)
        {
            LogNotTold(target, topic, exception.Message);
        }
    }

    private async ValueTask<Connection> ConnectAsync(SiloAddress target, CancellationToken token)
    {
        try
        {
            return await (_connections ?? throw new SiloUnavailableException("This silo has no network.")).ConnectAsync(target, token);
        }
        catch (Exception exception) when (exception is not OperationCanceledException and not SiloUnavailableException)
        {
            throw new SiloUnavailableException($"{target} can't be reached: {exception.Message}", exception);
        }
    }

    private static void Send(Connection connection, OutgoingFrame frame)
    {
        var outcome = connection.TrySend(frame);
        if (outcome != SendOutcome.Queued)
        {
            frame.Return();
            throw new SiloUnavailableException($"Nothing can be sent to {connection.Peer}: the connection is {outcome}.");
        }
    }

    /// <summary>Owned by the message: it ends in an answer, or in none.</summary>
    private async Task AnswerAsync(Connection connection, SiloAddress sender, long number, byte[] body)
    {
        try
        {
            var (status, answer) = await HandleAsync(sender, body[0], body.AsMemory(1));
            if (number == 0 || answer is null)
            {
                return;
            }

            var frame = OutgoingFrame.Rent(FrameKind.ControlAnswer, number);
            frame.Write([status]);
            frame.Write(answer);
            if (connection.TrySend(frame) != SendOutcome.Queued)
            {
                frame.Return();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _handling);
        }
    }

    private async Task<(byte Status, byte[]? Content)> HandleAsync(SiloAddress sender, byte topic, ReadOnlyMemory<byte> body)
    {
        if (_handlers[topic] is not { } handler)
        {
            return (ControlStatus.Refused, Encoding.UTF8.GetBytes($"{_self} has no handler of topic {topic}: it starts, or is of another version."));
        }

        try
        {
            return (ControlStatus.Answered, await handler(sender, body, _stopping.Token));
        }
        catch (Exception exception)
        {
            LogHandlerFailed(exception, topic, sender);
            return (ControlStatus.Refused, Encoding.UTF8.GetBytes($"{_self} could not handle a message of topic {topic}: {exception.Message}"));
        }
    }

    [LoggerMessage(1821, LogLevel.Debug, "{Silo} could not be told something (topic {Topic}): {Reason}")]
    private partial void LogNotTold(SiloAddress silo, byte topic, string reason);

    [LoggerMessage(1822, LogLevel.Warning, "A message of topic {Topic} from {Silo} could not be handled; the sender is told so.")]
    private partial void LogHandlerFailed(Exception exception, byte topic, SiloAddress silo);

    [LoggerMessage(1823, LogLevel.Warning, "More than {Limit} messages beside calls are being handled; one of {Silo} is dropped.")]
    private partial void LogTooMany(int limit, SiloAddress silo);

    private sealed record Asked(Connection Connection)
    {
        public TaskCompletionSource<byte[]> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
