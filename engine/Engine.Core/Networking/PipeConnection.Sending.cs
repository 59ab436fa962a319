using System.Buffers;
using Microsoft.AspNetCore.Connections;

namespace Orleans.Runtime.Networking;

/// <summary>The way out: whoever queues a frame while nobody drains starts a drain, which writes all that waits and flushes once.</summary>
internal sealed partial class PipeConnection : IThreadPoolWorkItem
{
    /// <summary>Bytes after which a drain flushes although more frames wait.</summary>
    private const int MaxFlush = 64 * 1024;

    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What an interrupted drain had taken and not begun to write; older than <see cref="_unsent"/>.</summary>
    private OutgoingFrame? _interrupted;

    private OutgoingFrame? _unsent;
    private int _sidesToEnd = 2;
    private bool _isFinishing;
    private bool _isFlushed;

    public override SendOutcome TrySend(OutgoingFrame frame)
    {
        // The other side would close the connection, and with it end every call under way.
        if (frame.Length - FrameFormat.HeaderSize > _maxBody)
            throw new ArgumentException($"The frame has {frame.Length} bytes; its body may have {_maxBody}.", nameof(frame));

        if (_settings.Faults is { } faults && _settings.Self.Silo is { } from && Peer.Silo is { } to)
            return SendWithFaults(frame, faults, from, to);

        return Enqueue(frame);
    }

    /// <summary>A thread of the pool comes to drain.</summary>
    void IThreadPoolWorkItem.Execute() => _ = DrainAsync();

    private SendOutcome Enqueue(OutgoingFrame frame)
    {
        if (Volatile.Read(ref _isFinishing))
            return SendOutcome.Closed;

        var outcome = _queue.TryAdd(frame, out var mustDrain);
        if (mustDrain)
        {
            // Behind the work that waits already: what that work wants to send goes out with the same flush.
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        return outcome;
    }

    /// <summary>Never throws: it closes the connection instead.</summary>
    private async Task DrainAsync()
    {
        OutgoingFrame? rest = null;
        try
        {
            DrainStep step;
            while ((step = _queue.Take(out rest)) == DrainStep.Frames)
            {
                while (rest is not null)
                {
                    rest = Write(rest, out var frames, out var bytes);
                    var result = await _transport.Output.FlushAsync();
                    _queue.Release(frames, bytes);
                    if (result.IsCompleted || result.IsCanceled)
                        throw new ConnectionAbortedException("the other side takes no more data");
                }
            }

            if (step == DrainStep.Closed)
                EndOneSide();
            else if (Volatile.Read(ref _isFinishing))
                _finished.TrySetResult();
        }
        catch (Exception e)
        {
            Fail(e);
            _interrupted = rest;
            EndOneSide();
        }
    }

    /// <summary>Both the one who closed the queue and the drain that it interrupted must be through before frames are reported.</summary>
    private void EndOneSide()
    {
        if (Interlocked.Decrement(ref _sidesToEnd) == 0)
            _ended.TrySetResult();
    }

    private void ReportUnsent()
    {
        Report(_interrupted);
        Report(_unsent);
    }

    private void Report(OutgoingFrame? frame)
    {
        while (frame is not null)
        {
            var next = frame.Next;
            frame.Next = null;
            if (frame.Kind is FrameKind.Ping or FrameKind.Pong)
                frame.Return();
            else
                _receiver.Unsent(this, frame);
            frame = next;
        }
    }

    /// <summary>Copies frames to the pipe until a flush is due; answers the first that is left.</summary>
    private OutgoingFrame? Write(OutgoingFrame first, out int frames, out long bytes)
    {
        frames = 0;
        bytes = 0;
        var output = _transport.Output;
        OutgoingFrame? frame = first;
        while (frame is not null && bytes < MaxFlush)
        {
            var next = frame.Next;
            frame.Next = null;
            output.Write(frame.ToWire());
            frames++;
            bytes += frame.Length;
            frame.Return();
            frame = next;
        }

        return frame;
    }

    private SendOutcome SendWithFaults(OutgoingFrame frame, IFrameFaults faults, SiloAddress from, SiloAddress to)
    {
        if (faults.IsCut(from, to))
        {
            Close("cut by a test");
            return SendOutcome.Closed;
        }

        var fault = faults.OnSend(from, to, frame.Kind);
        if (fault.IsDropped)
        {
            frame.Return();
            return SendOutcome.Queued;
        }

        if (fault.IsDoubled)
        {
            var copy = frame.Copy();
            if (Enqueue(copy) != SendOutcome.Queued)
                copy.Return();
        }

        if (fault.Delay <= TimeSpan.Zero)
            return Enqueue(frame);

        _ = EnqueueLaterAsync(frame, fault.Delay);
        return SendOutcome.Queued;
    }

    private async Task EnqueueLaterAsync(OutgoingFrame frame, TimeSpan delay)
    {
        await Task.Delay(delay, _settings.Time);
        if (Enqueue(frame) != SendOutcome.Queued)
            frame.Return();
    }

    private void SendOwn(FrameKind kind, long correlationId)
    {
        var frame = OutgoingFrame.Rent(kind, correlationId);
        if (TrySend(frame) != SendOutcome.Queued)
            frame.Return();
    }
}
