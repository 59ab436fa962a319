using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Engine.CodeGeneration;

namespace Orleans.Runtime.Networking;

/// <summary>A frame that is being written: rented, filled with a body, given to a connection, which returns it.</summary>
internal sealed class OutgoingFrame : IBufferWriter<byte>
{
    /// <summary>Arrays up to this size stay with the pooled object.</summary>
    private const int KeptArray = 2048;

    private const int FirstArray = 512;

    private byte[] _array;
    private int _length;
    private int _maxLength;

    private OutgoingFrame(byte[] array) => _array = array;

    public FrameKind Kind { get; private set; }

    public byte Flags { get; set; }

    public long CorrelationId { get; set; }

    /// <summary>Bytes with the header.</summary>
    public int Length => _length;

    /// <summary>The body as written so far.</summary>
    public ReadOnlyMemory<byte> Body => _array.AsMemory(FrameFormat.HeaderSize, _length - FrameFormat.HeaderSize);

    /// <summary>Whoever queues it, meanwhile.</summary>
    internal OutgoingFrame? Next { get; set; }

    /// <param name="maxBody">How long the body may become; more is an exception to the one who writes it.</param>
    public static OutgoingFrame Rent(FrameKind kind, long correlationId, int maxBody = int.MaxValue - FrameFormat.HeaderSize)
    {
        var frame = BatchPool<OutgoingFrame>.TryTake() ?? new OutgoingFrame(ArrayPool<byte>.Shared.Rent(FirstArray));
        frame.Kind = kind;
        frame.CorrelationId = correlationId;
        frame.Flags = 0;
        frame._length = FrameFormat.HeaderSize;
        frame._maxLength = maxBody + FrameFormat.HeaderSize;
        return frame;
    }

    /// <summary>For queues: a frame that is none.</summary>
    internal static OutgoingFrame CreateMark() => new([]);

    /// <summary>Gives the frame back; nobody may use it afterwards.</summary>
    public void Return()
    {
        if (_array.Length > KeptArray)
        {
            ArrayPool<byte>.Shared.Return(_array);
            _array = ArrayPool<byte>.Shared.Rent(FirstArray);
        }

        BatchPool<OutgoingFrame>.Give(this);
    }

    /// <summary>The whole frame with its header, as it goes over the wire.</summary>
    public ReadOnlySpan<byte> ToWire()
    {
        FrameFormat.WriteHeader(_array, _length, Kind, Flags, CorrelationId);
        return _array.AsSpan(0, _length);
    }

    /// <summary>Another frame with the same content.</summary>
    public OutgoingFrame Copy()
    {
        var copy = Rent(Kind, CorrelationId);
        copy.Flags = Flags;
        copy.Write(Body.Span);
        return copy;
    }

    /// <summary>Forgets the body, so that another can be written.</summary>
    public void Clear() => _length = FrameFormat.HeaderSize;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        Advance(bytes.Length);
    }

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _array.Length - _length);
        if (count > _maxLength - _length)
            ThrowTooLong();
        _length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Ensure(sizeHint);
        return _array.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Ensure(sizeHint);
        return _array.AsSpan(_length);
    }

    private void Ensure(int sizeHint)
    {
        if (_array.Length - _length < Math.Max(sizeHint, 1))
            Grow(sizeHint);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int sizeHint)
    {
        // What is not written yet may be less than asked for: only what is over the limit for certain is refused here.
        if (_length >= _maxLength)
            ThrowTooLong();

        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Math.Max(_array.Length * 2L, (long)_length + sizeHint), Array.MaxLength));
        _array.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_array);
        _array = larger;
    }

    [DoesNotReturn]
    private void ThrowTooLong() =>
        throw new OrleansException($"The message is too long: its body may have {_maxLength - FrameFormat.HeaderSize} bytes (MaxMessageBodySize).");
}
