using System.Buffers;

namespace Engine.CodeGeneration;

/// <summary>A rented array of the length asked for, given back when disposed.</summary>
internal readonly ref struct PooledBytes(int length)
{
    private readonly byte[] _array = ArrayPool<byte>.Shared.Rent(length);

    public Span<byte> Span => _array.AsSpan(0, length);

    public void Dispose() => ArrayPool<byte>.Shared.Return(_array);
}
