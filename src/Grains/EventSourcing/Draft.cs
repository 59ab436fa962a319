using System.Globalization;
using Crescent.Domain;
using Crescent.EventStore;

namespace Crescent.Grains.EventSourcing;

/// <summary>Commands decided one after the other, each on the state the one before it left; not yet committed.</summary>
sealed class Draft<TState, TEvent> where TEvent : class, IDomainEvent
{
    readonly List<Recorded<TEvent>> _events = [];
    readonly List<(PendingCommand<TState, TEvent> Command, int LastEvent)> _decided = [];
    readonly int _version;

    Draft(TState state, int version) => (State, _version) = (state, version);

    /// <summary>Names the batch for ever, also when it has to be submitted twice.</summary>
    public Guid BatchId { get; } = Guid.CreateVersion7();

    public IReadOnlyList<Recorded<TEvent>> Events => _events;

    /// <summary>The state once the events are committed.</summary>
    public TState State { get; private set; }

    /// <summary>The version once the events are committed.</summary>
    public int Version => _version + _events.Count;

    /// <summary>Commands that cause events, each with the receipt it gets if the batch ends at this position of the log.</summary>
    public IEnumerable<(PendingCommand<TState, TEvent> Command, CommandReceipt Receipt)> Effective(long lastPosition) =>
        from decided in _decided
        where decided.LastEvent >= 0
        let fromEnd = _events.Count - 1 - decided.LastEvent
        select (decided.Command, new CommandReceipt(Version - fromEnd, lastPosition - fromEnd));

    /// <summary>Commands that cause nothing: rejected, or there already.</summary>
    public IEnumerable<PendingCommand<TState, TEvent>> Idle => from decided in _decided where decided.LastEvent < 0 select decided.Command;

    /// <summary>Decides the commands. One that throws, or whose events the state refuses, is handed back and taken off the list.</summary>
    public static Draft<TState, TEvent> Decide(
        IJournal<TState, TEvent> journal, StreamName stream, List<PendingCommand<TState, TEvent>> commands,
        Action<PendingCommand<TState, TEvent>, Exception> undecided)
    {
        var draft = new Draft<TState, TEvent>(journal.Confirmed, journal.ConfirmedVersion);
        commands.RemoveAll(command =>
        {
            if (draft.TryAdd(journal, stream, command) is not { } exception) return false;
            undecided(command, exception);
            return true;
        });
        return draft;
    }

    /// <summary>What kept the command from being decided, or null.</summary>
    Exception? TryAdd(IJournal<TState, TEvent> journal, StreamName stream, PendingCommand<TState, TEvent> command)
    {
        try
        {
            var caused = command.Decide(State, Version);
            var state = State;
            foreach (var @event in caused) state = journal.Evolve(state, @event);
            State = state;
            Record(stream, command, caused);
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }

    void Record(StreamName stream, PendingCommand<TState, TEvent> command, IReadOnlyList<TEvent> caused)
    {
        for (var i = 0; i < caused.Count; i++)
        {
            var id = DerivedId.From(stream.Category, stream.Id, command.CommandId.ToString("N"), i.ToString(CultureInfo.InvariantCulture));
            _events.Add(new Recorded<TEvent>(id, caused[i], command.Metadata));
        }

        _decided.Add((command, caused.Count == 0 ? -1 : _events.Count - 1));
    }
}
