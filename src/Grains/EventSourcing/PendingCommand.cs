using Crescent.Domain;
using Crescent.EventStore;

namespace Crescent.Grains.EventSourcing;

/// <summary>A command that waits for its grain's pump, and for its answer.</summary>
abstract class PendingCommand<TState, TEvent>(Guid commandId, EventMetadata metadata) where TEvent : class, IDomainEvent
{
    public Guid CommandId => commandId;

    /// <summary>Captured when the command was enqueued: by the time it is decided the caller's context is gone.</summary>
    public EventMetadata Metadata => metadata;

    /// <summary>
    /// The events the command causes on this state; none if it was rejected or holds already. May be asked again on a
    /// later state.
    /// </summary>
    public abstract IReadOnlyList<TEvent> Decide(TState state, int version);

    /// <summary>Answers: accepted, now or at an earlier time.</summary>
    public abstract void Accept(CommandReceipt receipt);

    /// <summary>Answers as last decided.</summary>
    public abstract void AnswerAsDecided();

    /// <summary>Answers with an exception, unless there is an answer already.</summary>
    public abstract void Fail(Exception exception);
}

/// <inheritdoc/>
sealed class PendingCommand<TState, TEvent, TRejection>(
    Guid commandId, EventMetadata metadata, int? expectedVersion, Func<TState, Decision<TEvent, TRejection>> decide)
    : PendingCommand<TState, TEvent>(commandId, metadata)
    where TEvent : class, IDomainEvent
    where TRejection : struct, Enum
{
    readonly TaskCompletionSource<CommandOutcome<TRejection>> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    CommandOutcome<TRejection> _decided;

    public Task<CommandOutcome<TRejection>> Answer => _answer.Task;

    public override IReadOnlyList<TEvent> Decide(TState state, int version)
    {
        if (expectedVersion is { } expected && expected != version)
        {
            _decided = new(new CommandReceipt(version, 0), null, IsStale: true);
            return [];
        }

        var decision = decide(state);
        _decided = new(new CommandReceipt(version, 0), decision.Rejection);
        return decision.IsAccepted ? decision.Events : [];
    }

    public override void Accept(CommandReceipt receipt) => _answer.TrySetResult(new(receipt, null));

    public override void AnswerAsDecided() => _answer.TrySetResult(_decided);

    public override void Fail(Exception exception) => _answer.TrySetException(exception);
}
