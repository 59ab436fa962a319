using System.Text.Json;
using System.Text.Json.Serialization;

namespace Crescent.Domain.Tests;

/// <summary>What became of a command: the events it left, and the name of the reason if it was rejected.</summary>
public sealed record Outcome<TEvent>(IReadOnlyList<TEvent> Events, string? Rejection);

/// <summary>A command of any type on an aggregate, as a generator makes it.</summary>
public sealed record Operation<TState, TEvent>(string Name, Guid CommandId, Func<TState, Outcome<TEvent>> Decide)
{
    public override string ToString() => Name;
}

/// <summary>
/// An aggregate as its grain keeps it: commands known by their id leave nothing, accepted ones are remembered, their
/// events evolve the state.
/// </summary>
public sealed class Journal<TState, TEvent>(TState initial, Func<TState, TEvent, TState> evolve)
{
    readonly List<TEvent> _events = [];
    readonly HashSet<Guid> _accepted = [];

    public TState State { get; private set; } = initial;

    public IReadOnlyList<TEvent> Events => _events;

    public Outcome<TEvent> Execute(Operation<TState, TEvent> operation)
    {
        if (_accepted.Contains(operation.CommandId)) return new Outcome<TEvent>([], null);
        var outcome = operation.Decide(State);
        if (outcome.Rejection is not null) return outcome;
        foreach (var happened in outcome.Events) State = evolve(State, happened);
        _events.AddRange(outcome.Events);
        _accepted.Add(operation.CommandId);
        return outcome;
    }
}

/// <summary>JSON as the store writes it, without encryption: enums by name.</summary>
public static class Json
{
    static readonly JsonSerializerOptions Options = new() { Converters = { new JsonStringEnumConverter() } };

    public static string Of<T>(T value) => JsonSerializer.Serialize(value, value!.GetType(), Options);

    public static T RoundTrip<T>(T value) => (T)JsonSerializer.Deserialize(Of(value), value!.GetType(), Options)!;
}
