using System.Buffers;

namespace Orleans.Runtime.Networking;

/// <summary>A frame as it lies in the read buffer: it can be used only until the call that handed it over returns.</summary>
internal readonly ref struct IncomingFrame(FrameKind kind, byte flags, long correlationId, ReadOnlySequence<byte> body)
{
    public FrameKind Kind { get; } = kind;

    /// <summary>See <see cref="FrameFlags"/>.</summary>
    public byte Flags { get; } = flags;

    /// <summary>Chosen by the side that asks, repeated by the side that answers.</summary>
    public long CorrelationId { get; } = correlationId;

    public ReadOnlySequence<byte> Body { get; } = body;
}
