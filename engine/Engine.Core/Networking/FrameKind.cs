namespace Orleans.Runtime.Networking;

/// <summary>What a frame is for; docs/protocol.md says what each body holds.</summary>
internal enum FrameKind : byte
{
    Request = 1,
    Response = 2,
    Cancel = 3,
    Control = 4,
    ControlAnswer = 5,

    /// <summary>Answered with <see cref="Pong"/> by the connection itself; never seen by a receiver.</summary>
    Ping = 6,

    /// <summary>Like <see cref="Ping"/>.</summary>
    Pong = 7,

    /// <summary>The sender is about to leave: new calls should take another way.</summary>
    Goodbye = 8,
}
