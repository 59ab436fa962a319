using System.Collections.Immutable;
using Crescent.Domain;

namespace Crescent.EventStore.Tests;

/// <summary>Events of an invented aggregate, for what the store does with any event.</summary>
abstract record SampleEvent : IDomainEvent
{
    SampleEvent() { }

    public sealed record Opened(string Title, decimal Amount, SampleKind Kind, ImmutableArray<int> Numbers) : SampleEvent;

    public sealed record Counted(int By) : SampleEvent;

    public sealed record Joined(
        string MemberId,
        [property: Personal] string Name,
        [property: Personal] int Age,
        [property: Personal] SampleAddress? Home,
        SampleContact Contact) : SampleEvent, IPersonalData
    {
        string IPersonalData.SubjectId => MemberId;
    }
}

enum SampleKind
{
    Small,
    VeryLarge,
}

sealed record SampleAddress(string Street, string City);

/// <summary>Not personal as a whole, but a member is; marked on the parameter, which must do as well.</summary>
sealed record SampleContact(string Channel, [Personal] string Value);

sealed record SampleState(string MemberId, [property: Personal] string Name, ImmutableDictionary<string, int> Counts) : IPersonalData
{
    string IPersonalData.SubjectId => MemberId;
}

/// <summary>The state of an earlier release: a member less.</summary>
sealed record SampleStateBefore(string MemberId);

static class Sample
{
    public static readonly DateTimeOffset Time = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).AddTicks(1234560);

    public static EventTypeMap Types { get; } = EventTypeMap.Create(types => types
        .Add<SampleEvent.Opened>("sample.opened")
        .Add<SampleEvent.Counted>("sample.counted")
        .Add<SampleEvent.Joined>("sample.joined"));

    public static StreamName NewStream() => new("sample", Guid.CreateVersion7().ToString());

    public static SampleEvent Counted(int by = 1) => new SampleEvent.Counted(by);

    public static SampleEvent.Joined Joined(string memberId) => new(
        memberId, "Ada Lovelace", 36, new SampleAddress("12 Square", "London"), new SampleContact("mail", "ada@example.org"));

    /// <summary>A request with a command of its own for each event.</summary>
    public static AppendRequest Request(StreamName stream, int expectedVersion, params IReadOnlyList<IDomainEvent> events) =>
        new(stream, expectedVersion, Guid.CreateVersion7(), [.. events.Select(e => New(e, Guid.CreateVersion7()))]);

    public static AppendRequest OfCommand(StreamName stream, int expectedVersion, Guid command, params IReadOnlyList<IDomainEvent> events) =>
        new(stream, expectedVersion, Guid.CreateVersion7(), [.. events.Select(e => New(e, command))]);

    public static NewEvent New(IDomainEvent e, Guid command) => new(
        Guid.CreateVersion7(), e, new EventMetadata(command, "correlation", "cause", "00-trace-span-01", Time));
}
