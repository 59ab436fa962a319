using System.Buffers;
using Engine.CodeGeneration;
using Orleans.Serialization.Session;

namespace Orleans.Serialization;

/// <summary>Writes and reads values of any type that has a codec.</summary>
public sealed class Serializer
{
    internal Serializer(SerializerSessionPool sessions) => SessionPool = sessions;

    /// <summary>The host's sessions.</summary>
    public SerializerSessionPool SessionPool { get; }

    /// <summary>A serializer of one type.</summary>
    public Serializer<T> GetSerializer<T>() => new(SessionPool);

    /// <exception cref="SerializerException">The value, or something in it, can't be written.</exception>
    public byte[] SerializeToArray<T>(T value)
    {
        var output = new ArrayBufferWriter<byte>();
        Serialize(value, output);
        return output.WrittenSpan.ToArray();
    }

    /// <inheritdoc cref="SerializeToArray{T}(T)"/>
    public void Serialize<T, TBufferWriter>(T value, TBufferWriter destination) where TBufferWriter : IBufferWriter<byte>
    {
        using var session = SessionPool.GetSession();
        var writer = new Writer(destination, session);
        session.Codecs.GetCodec<T>().Write(ref writer, 0, value);
        writer.Commit();
    }

    /// <exception cref="SerializerException">The input is malformed, or names a type that is not known.</exception>
    public T Deserialize<T>(byte[] input) => Deserialize<T>(new ReadOnlySpan<byte>(input));

    /// <inheritdoc cref="Deserialize{T}(byte[])"/>
    public T Deserialize<T>(ReadOnlyMemory<byte> input) => Deserialize<T>(input.Span);

    /// <inheritdoc cref="Deserialize{T}(byte[])"/>
    public T Deserialize<T>(ReadOnlySpan<byte> input)
    {
        using var session = SessionPool.GetSession();
        var reader = new Reader(input, session);
        return Read<T>(ref reader);
    }

    /// <inheritdoc cref="Deserialize{T}(byte[])"/>
    public T Deserialize<T>(ReadOnlySequence<byte> input)
    {
        using var session = SessionPool.GetSession();
        var reader = new Reader(input, session);
        return Read<T>(ref reader);
    }

    private static T Read<T>(ref Reader reader)
    {
        try
        {
            if (!reader.ReadHeader(out _, out var type))
                throw Reader.Malformed("there is no value");

            return reader.Codecs.GetCodec<T>().Read(ref reader, type);
        }
        catch (Exception e) when (e is not SerializerException)
        {
            // A converter, or a key's own Equals, which got what no sender of good will would have written.
            throw new SerializerException($"A {typeof(T)} could not be read: {e.Message}", e);
        }
    }
}

/// <summary>Writes and reads values of one type.</summary>
public sealed class Serializer<T>(SerializerSessionPool sessionPool)
{
    private readonly Serializer _serializer = new(sessionPool);

    /// <inheritdoc cref="Serializer.SerializeToArray{T}(T)"/>
    public byte[] SerializeToArray(T value) => _serializer.SerializeToArray(value);

    /// <inheritdoc cref="Serializer.SerializeToArray{T}(T)"/>
    public void Serialize<TBufferWriter>(T value, TBufferWriter destination) where TBufferWriter : IBufferWriter<byte> =>
        _serializer.Serialize(value, destination);

    /// <inheritdoc cref="Serializer.Deserialize{T}(byte[])"/>
    public T Deserialize(byte[] input) => _serializer.Deserialize<T>(input);

    /// <inheritdoc cref="Serializer.Deserialize{T}(byte[])"/>
    public T Deserialize(ReadOnlyMemory<byte> input) => _serializer.Deserialize<T>(input);

    /// <inheritdoc cref="Serializer.Deserialize{T}(byte[])"/>
    public T Deserialize(ReadOnlySpan<byte> input) => _serializer.Deserialize<T>(input);

    /// <inheritdoc cref="Serializer.Deserialize{T}(byte[])"/>
    public T Deserialize(ReadOnlySequence<byte> input) => _serializer.Deserialize<T>(input);
}
