using System.Buffers;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace Orleans.Runtime.Networking;

/// <summary>A connection over a transport's pipes, once both sides have accepted each other.</summary>
internal sealed partial class PipeConnection : Connection
{
    private readonly Transport _transport;
    private readonly NetworkSettings _settings;
    private readonly IFrameReceiver _receiver;
    private readonly ILogger _logger;
    private readonly SendQueue _queue;
    private readonly long _maxBody;
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? _failure;
    private int _isClosing;
    private bool _heard;
    private int _silentTicks;

    public PipeConnection(Transport transport, Peer peer, NetworkSettings settings, IFrameReceiver receiver)
    {
        _transport = transport;
        Peer = peer;
        _settings = settings;
        _receiver = receiver;
        _logger = settings.Loggers.CreateLogger<PipeConnection>();
        _queue = new(settings.Network.MaxQueuedFrames, settings.Network.MaxQueuedBytes);
        _maxBody = settings.MaxFrameBody;
    }

    public override Peer Peer { get; }

    public override bool IsClosed => Volatile.Read(ref _isClosing) != 0;

    public override Task Closed => _closed.Task;

    /// <summary>How much waits to be sent.</summary>
    public long QueuedBytes => _queue.Bytes;

    /// <summary>Half of what may wait waits: another connection could help.</summary>
    public bool IsSaturated => _queue.Bytes > _settings.Network.MaxQueuedBytes / 2 || _queue.Frames > _settings.Network.MaxQueuedFrames / 2;

    public override void Close(string reason)
    {
        if (End(null))
            LogClosed(Peer, reason);
    }

    public override async Task FinishAsync(string reason, CancellationToken cancellationToken)
    {
        Volatile.Write(ref _isFinishing, true);
        if (_queue.IsIdle)
            _finished.TrySetResult();
        try
        {
            await Task.WhenAny(_finished.Task, _closed.Task).WaitAsync(cancellationToken);
            Volatile.Write(ref _isFlushed, true);
            Close(reason);
            await _closed.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Out of time: what could not be sent is reported as unsent.
            Close(reason);
            _transport.Abort();
            await _closed.Task;
        }
    }

    /// <summary>Tells the receiver of the connection; before anybody else hears of it.</summary>
    public void Open()
    {
        try
        {
            _receiver.Opened(this);
        }
        catch (Exception e)
        {
            Fail(e);
        }
    }

    /// <summary>Reads until the connection is closed by either side, then tells the receiver. Never throws.</summary>
    public async Task RunAsync()
    {
        try
        {
            await ReadAsync();
        }
        catch (Exception e)
        {
            Fail(e);
        }

        End(null);
        await CloseTransportAsync();
        ReportEnd();
    }

    /// <summary>Called once a keep-alive period: asks a silent peer for a sign of life and gives up on one that stays silent.</summary>
    public void Tick()
    {
        if (Volatile.Read(ref _heard))
        {
            Volatile.Write(ref _heard, false);
            _silentTicks = 0;
            return;
        }

        // Ticks are counted, not time: a process that was stopped itself must not blame the others for the silence.
        var silence = ++_silentTicks * _settings.Network.KeepAlivePeriod;
        if (silence >= _settings.Network.KeepAliveTimeout)
            Fail(new ConnectionAbortedException($"nothing was heard for {silence}"));
        else
            SendOwn(FrameKind.Ping, 0);
    }

    private async Task ReadAsync()
    {
        var input = _transport.Input;
        while (true)
        {
            var result = await input.ReadAsync();
            if (result.IsCanceled || IsClosed)
                return;

            Volatile.Write(ref _heard, true);
            var rest = result.Buffer;
            var parsed = Dispatch(ref rest);
            input.AdvanceTo(rest.Start, rest.End);
            if (parsed is FrameParse.BadLength or FrameParse.BadKind)
            {
                LogMalformed(Peer, parsed, _maxBody);
                Fail(new ConnectionAbortedException($"a malformed frame arrived ({parsed})"));
                return;
            }

            if (!result.IsCompleted)
                continue;
            if (!rest.IsEmpty)
                Fail(new ConnectionAbortedException("it ended within a frame"));
            else if (End(null))
                LogEnded(Peer);
            return;
        }
    }

    private FrameParse Dispatch(ref ReadOnlySequence<byte> buffer)
    {
        while (true)
        {
            var parsed = FrameFormat.TryRead(ref buffer, _maxBody, out var frame);
            switch (parsed)
            {
                case FrameParse.Frame when frame.Kind is FrameKind.Ping:
                    SendOwn(FrameKind.Pong, frame.CorrelationId);
                    break;
                case FrameParse.Frame when frame.Kind is not FrameKind.Pong:
                    _receiver.Received(this, frame);
                    break;
                case FrameParse.Incomplete or FrameParse.BadLength or FrameParse.BadKind:
                    return parsed;
            }

            if (IsClosed)
                return FrameParse.Incomplete;
        }
    }

    private void Fail(Exception failure)
    {
        if (End(failure))
            LogFailed(Peer, failure.Message);
    }

    /// <summary>Begins the end, once: nothing is queued any more, and the loops come to their ends.</summary>
    private bool End(Exception? failure)
    {
        if (Interlocked.Exchange(ref _isClosing, 1) != 0)
            return false;

        _failure = failure;
        _unsent = _queue.Close(out var isDraining);
        if (!isDraining)
            EndOneSide();
        EndOneSide();
        _transport.Input.CancelPendingRead();
        _transport.Output.CancelPendingFlush();
        return true;
    }

    private async Task CloseTransportAsync()
    {
        try
        {
            // A drain that waits for a peer that doesn't read must be let go before it can be waited for.
            if (!Volatile.Read(ref _isFlushed))
                _transport.Abort();
            await _ended.Task;
            await _transport.DisposeAsync();
        }
        catch (Exception e)
        {
            LogCloseFailed(e, Peer);
        }
    }

    private void ReportEnd()
    {
        try
        {
            ReportUnsent();
            _receiver.Closed(this, _failure);
        }
        catch (Exception e)
        {
            LogReceiverFailed(e, Peer);
        }

        _closed.TrySetResult();
    }
}
