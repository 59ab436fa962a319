namespace Crescent.GrainInterfaces;

/// <summary>
/// What became of a command: accepted, with how far its effects reach, or rejected for one reason of a closed set.
/// Rejections are answers, not failures; what is a failure (the store can't be reached) is an exception,
/// <see cref="AggregateUnavailableException"/>.
/// </summary>
/// <typeparam name="TReason">The closed set of reasons of the operation.</typeparam>
[GenerateSerializer, Immutable, Alias("crescent.CommandResult`1")]
public sealed record CommandResult<TReason> where TReason : struct, Enum
{
    /// <summary>Version of the aggregate the answer speaks of: after the command when accepted, as it was when rejected.</summary>
    [Id(0)] public int Version { get; init; }

    /// <summary>
    /// Position in the log of the last event the command left, 0 if it had to change nothing. A reader that has applied
    /// this position shows the command's effect.
    /// </summary>
    [Id(1)] public long Position { get; init; }

    /// <summary>Why the command was rejected; null when it was accepted.</summary>
    [Id(2)] public TReason? Reason { get; init; }

    /// <summary>A sentence for a human that goes with <see cref="Reason"/>; without personal data. Null when accepted.</summary>
    [Id(3)] public string? Detail { get; init; }

    /// <summary>Whether the command holds.</summary>
    public bool IsAccepted => Reason is null;
}

/// <summary>Makes answers to commands.</summary>
public static class CommandResult
{
    /// <summary>The command holds; its events, if it needed any, are durable.</summary>
    public static CommandResult<TReason> Accepted<TReason>(int version, long position) where TReason : struct, Enum =>
        new() { Version = version, Position = position };

    /// <summary>The command changed nothing, for this reason.</summary>
    public static CommandResult<TReason> Rejected<TReason>(TReason reason, string detail, int version = 0) where TReason : struct, Enum =>
        new() { Version = version, Reason = reason, Detail = detail };
}
