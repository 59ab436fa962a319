using Crescent.GrainInterfaces;

namespace Crescent.Grains.EventSourcing;

/// <summary>How far an accepted command reached: the version after its last event, and that event's position in the log.</summary>
public readonly record struct CommandReceipt(int Version, long Position);

/// <summary>What became of a command inside its grain.</summary>
/// <param name="Receipt">How far it reached; for a command that was not accepted, the version it was decided on.</param>
/// <param name="Rejection">The domain's reason against it.</param>
/// <param name="IsStale">It was meant for another version than the aggregate had.</param>
public readonly record struct CommandOutcome<TRejection>(CommandReceipt Receipt, TRejection? Rejection, bool IsStale = false)
    where TRejection : struct, Enum
{
    public bool IsAccepted => Rejection is null && !IsStale;

    /// <summary>The answer in the words of a contract.</summary>
    public CommandResult<TReason> ToResult<TReason>(Func<TRejection, Refusal<TReason>> describe, TReason stale = default) where TReason : struct, Enum
    {
        if (IsStale) return CommandResult.Rejected(stale, $"It is at version {Receipt.Version} by now.", Receipt.Version);
        if (Rejection is not { } rejection) return CommandResult.Accepted<TReason>(Receipt.Version, Receipt.Position);
        var (reason, detail) = describe(rejection);
        return CommandResult.Rejected(reason, detail, Receipt.Version);
    }
}

/// <summary>A rejection in the words of a contract: its reason, and a sentence for a human.</summary>
public readonly record struct Refusal<TReason>(TReason Reason, string Detail) where TReason : struct, Enum
{
    public static implicit operator Refusal<TReason>((TReason Reason, string Detail) refusal) => new(refusal.Reason, refusal.Detail);
}
