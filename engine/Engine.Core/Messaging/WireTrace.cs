using System.Diagnostics;
using System.Text;

namespace Orleans.Runtime;

/// <summary>A span's context in a request: trace id, span id, flags, then the trace state.</summary>
internal static class WireTrace
{
    public const int MinLength = TraceIdLength + SpanIdLength + 1;

    private const int TraceIdLength = 16;
    private const int SpanIdLength = 8;

    public static byte[] Write(ActivityContext context)
    {
        var state = context.TraceState ?? "";
        var bytes = new byte[MinLength + Encoding.UTF8.GetByteCount(state)];
        context.TraceId.CopyTo(bytes.AsSpan(0, TraceIdLength));
        context.SpanId.CopyTo(bytes.AsSpan(TraceIdLength, SpanIdLength));
        bytes[MinLength - 1] = (byte)context.TraceFlags;
        Encoding.UTF8.GetBytes(state, bytes.AsSpan(MinLength));
        return bytes;
    }

    public static ActivityContext Read(ReadOnlySpan<byte> bytes) => new(
        ActivityTraceId.CreateFromBytes(bytes[..TraceIdLength]),
        ActivitySpanId.CreateFromBytes(bytes.Slice(TraceIdLength, SpanIdLength)),
        (ActivityTraceFlags)bytes[MinLength - 1],
        bytes.Length > MinLength ? Encoding.UTF8.GetString(bytes[MinLength..]) : null,
        isRemote: true);
}
