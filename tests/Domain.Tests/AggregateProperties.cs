using FsCheck;
using FsCheck.Fluent;

namespace Crescent.Domain.Tests;

/// <summary>What holds for every aggregate under any commands in any order. A subclass says which commands there are.</summary>
public abstract class AggregateProperties<TState, TEvent>
{
    protected static DateTimeOffset Start { get; } = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    protected abstract TState Initial { get; }

    protected abstract Gen<Operation<TState, TEvent>> AnyOperation { get; }

    protected static Gen<DateTimeOffset> AnyTime => Gen.Choose(0, 40).Select(minutes => Start.AddMinutes(minutes));

    protected abstract TState Evolve(TState state, TEvent happened);

    /// <summary>Whether the same wish under a new command id is still the same wish, and changes nothing.</summary>
    protected virtual bool HasNaturalKey(Operation<TState, TEvent> operation) => true;

    /// <summary>What must hold after every command.</summary>
    protected virtual void AssertInvariants(Journal<TState, TEvent> journal, Operation<TState, TEvent> last, Outcome<TEvent> outcome)
    {
    }

    [Fact]
    public void Execute_AnyCommands_EventsEvolveAndInvariantsHold() => ForAny(operations =>
    {
        var journal = NewJournal();
        foreach (var operation in operations)
        {
            // Evolve throws when it refuses what the decider decided.
            var outcome = journal.Execute(operation);
            Assert.True(outcome.Rejection is null || outcome.Events.Count == 0);
            AssertInvariants(journal, operation, outcome);
        }
    });

    [Fact]
    public void Execute_EveryCommandAgainLater_LeavesNothing() => ForAny(operations =>
    {
        var journal = NewJournal();
        var accepted = operations.Where(operation => journal.Execute(operation) is { Rejection: null, Events.Count: > 0 }).ToList();
        var before = Json.Of(journal.State);
        foreach (var operation in accepted) Assert.Empty(journal.Execute(operation).Events);
        Assert.Equal(before, Json.Of(journal.State));
    });

    [Fact]
    public void Decide_SameWishWithNewCommandId_LeavesNothing() => ForAny(operations =>
    {
        var journal = NewJournal();
        foreach (var operation in operations)
        {
            journal.Execute(operation);
            if (HasNaturalKey(operation)) Assert.Empty(operation.Decide(journal.State).Events);
        }
    });

    [Fact]
    public void State_StoredAndReadAfterEveryEvent_GoesOnTheSameWay() => ForAny(operations =>
    {
        var kept = NewJournal();
        var stored = new Journal<TState, TEvent>(
            Json.RoundTrip(Initial), (state, happened) => Json.RoundTrip(Evolve(state, Json.RoundTrip(happened))));
        foreach (var operation in operations)
        {
            var (expected, actual) = (kept.Execute(operation), stored.Execute(operation));
            Assert.Equal(expected.Rejection, actual.Rejection);
            Assert.Equal(expected.Events.Select(Json.Of), actual.Events.Select(Json.Of));
            Assert.Equal(Json.Of(kept.State), Json.Of(stored.State));
        }
    });

    [Fact]
    public void Evolve_WholeHistoryAgain_GivesTheSameState() => ForAny(operations =>
    {
        var journal = NewJournal();
        foreach (var operation in operations) journal.Execute(operation);
        Assert.Equal(Json.Of(journal.State), Json.Of(journal.Events.Aggregate(Initial, Evolve)));
    });

    protected static Operation<TState, TEvent> Of<TCommand, TRejection>(
        Func<TState, TCommand, Decision<TEvent, TRejection>> decide, TCommand command)
        where TRejection : struct, Enum => new(
            $"{typeof(TCommand).Name} {Json.Of(command)}",
            Guid.NewGuid(),
            state =>
            {
                var decision = decide(state, command);
                return new Outcome<TEvent>(decision.Events, decision.Rejection?.ToString());
            });

    protected Journal<TState, TEvent> NewJournal() => new(Initial, Evolve);

    protected void ForAny(Action<IReadOnlyList<Operation<TState, TEvent>>> holds)
    {
        var lists = Gen.Choose(1, 40).SelectMany(count => AnyOperation.ListOf(count));
        Prop.ForAll(Arb.From(lists, Without), operations => holds([.. operations]))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithQuietOnSuccess(true));
    }

    /// <summary>Shrinks a failing list by leaving out halves, then single commands.</summary>
    static IEnumerable<List<Operation<TState, TEvent>>> Without(List<Operation<TState, TEvent>> operations)
    {
        if (operations.Count > 3)
        {
            yield return operations[..(operations.Count / 2)];
            yield return operations[(operations.Count / 2)..];
        }

        for (var i = 0; i < operations.Count; i++) yield return [.. operations[..i], .. operations[(i + 1)..]];
    }
}
