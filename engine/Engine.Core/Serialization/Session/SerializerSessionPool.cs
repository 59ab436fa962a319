using Engine.CodeGeneration;

namespace Orleans.Serialization.Session;

/// <summary>The sessions of a host.</summary>
public sealed class SerializerSessionPool
{
    private readonly ObjectSlots<SerializerSession> _sessions = new();

    internal SerializerSessionPool(CodecProvider codecs) => Codecs = codecs;

    internal CodecProvider Codecs { get; }

    /// <summary>A session, to be disposed after one message.</summary>
    public SerializerSession GetSession() => _sessions.TryTake() ?? new(this);

    internal void Return(SerializerSession session) => _sessions.Give(session);
}
