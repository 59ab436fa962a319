namespace Orleans.Runtime;

/// <summary>
/// What silos tell one another beside grain calls: membership, probes, hand-over. Each kind of message has a topic and one
/// handler. It never waits behind grain calls at the receiver, and it works before the silo is active.
/// </summary>
internal interface ISiloControl
{
    /// <summary>Asks another silo, or this one.</summary>
    /// <param name="target">The silo.</param>
    /// <param name="topic">A number of <see cref="ControlTopic"/>.</param>
    /// <param name="body">The question; copied before this returns.</param>
    /// <param name="timeout">How long to wait for the answer, connecting included.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="TimeoutException">There was no answer in time.</exception>
    /// <exception cref="SiloUnavailableException">The silo can't be reached, was lost, or could not handle the message.</exception>
    Task<byte[]> AskAsync(SiloAddress target, byte topic, ReadOnlyMemory<byte> body, TimeSpan timeout, CancellationToken cancellationToken);

    /// <summary>Tells a silo without waiting for an answer, and without notice if it is not there.</summary>
    void Tell(SiloAddress target, byte topic, ReadOnlyMemory<byte> body);

    /// <summary>Sets the handler of a topic. It runs on the thread pool; what it returns is the answer, and with null there is none.</summary>
    /// <exception cref="InvalidOperationException">The topic has a handler.</exception>
    void Handle(byte topic, Func<SiloAddress, ReadOnlyMemory<byte>, CancellationToken, ValueTask<byte[]?>> handler);
}

/// <summary>The topics of <see cref="ISiloControl"/>: those up to 31 belong to membership, 32 and up to calls.</summary>
internal static class ControlTopic
{
    /// <summary>Whether a silo is there, and how far it is.</summary>
    public const byte Probe = 1;

    /// <summary>Whether another silo is there, as seen by the one asked.</summary>
    public const byte ProbeThrough = 2;

    /// <summary>How far a silo is, told without being asked.</summary>
    public const byte Progress = 3;

    /// <summary>Something to do with the membership table that the primary silo of a development cluster has in memory.</summary>
    public const byte MembershipTable = 4;

    /// <summary>A client asks a gateway which grain classes the cluster has.</summary>
    public const byte GrainTypes = 32;

    /// <summary>A silo asks another about its activations.</summary>
    public const byte Inspection = 33;
}

/// <summary>The first byte of an answer to a control message.</summary>
internal static class ControlStatus
{
    public const byte Answered = 0;
    public const byte Refused = 1;
}
