using Crescent.Domain;

namespace Crescent.Grains.EventSourcing;

/// <summary>What a <see cref="CommandPump{TState,TEvent}"/> needs of its grain.</summary>
interface IJournal<TState, TEvent> where TEvent : class, IDomainEvent
{
    /// <summary>The state after everything that is committed.</summary>
    TState Confirmed { get; }

    /// <summary>The version of <see cref="Confirmed"/>.</summary>
    int ConfirmedVersion { get; }

    /// <summary>Why the grain can't go on; null as long as it can.</summary>
    Exception? Broken { get; }

    TState Evolve(TState state, TEvent @event);

    /// <summary>Commits all the events after the confirmed version, or none. Returns the last one's position, or null if it was none.</summary>
    Task<long?> CommitAsync(Draft<TState, TEvent> draft);

    /// <summary>Reads what others may have committed since; without the store the grain breaks.</summary>
    Task RefreshAsync();

    /// <summary>What an earlier, accepted command left in the stream; null if nothing.</summary>
    Task<CommandReceipt?> FindAsync(Guid commandId);
}
