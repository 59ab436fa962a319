using System.IO.Pipelines;
using Orleans.Runtime.Networking;

namespace Engine.Tests.Networking;

/// <summary>A transport without a network: what a connection sends lies in <see cref="Sent"/> until a test reads it.</summary>
internal sealed class MemoryTransport : Transport
{
    private readonly Pipe _in = new();
    private readonly Pipe _out;
    private readonly CountingWriter _output;

    /// <param name="capacity">Bytes after which a flush waits for the test to read.</param>
    public MemoryTransport(int capacity)
    {
        _out = new(new PipeOptions(pauseWriterThreshold: capacity, resumeWriterThreshold: 1));
        _output = new(_out.Writer);
    }

    public override PipeReader Input => _in.Reader;

    public override PipeWriter Output => _output;

    /// <summary>What the connection is to receive.</summary>
    public PipeWriter Received => _in.Writer;

    public PipeReader Sent => _out.Reader;

    public int Flushes => _output.Flushes;

    /// <summary>What was handed over stays readable: a test looks at what had been sent by then.</summary>
    public override void Abort()
    {
        _in.Writer.Complete();
        _out.Writer.CancelPendingFlush();
    }

    public override async ValueTask DisposeAsync()
    {
        await _in.Reader.CompleteAsync();
        await _out.Writer.CompleteAsync();
    }

    private sealed class CountingWriter(PipeWriter inner) : PipeWriter
    {
        private int _flushes;

        public int Flushes => Volatile.Read(ref _flushes);

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref _flushes);
            return inner.FlushAsync(cancellationToken);
        }

        public override void Advance(int bytes) => inner.Advance(bytes);

        public override void CancelPendingFlush() => inner.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);

        public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);
    }
}
