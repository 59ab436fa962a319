namespace Crescent.Domain;

/// <summary>What a decider answers: events (none when it is already so), or the named reason why not.</summary>
public readonly record struct Decision<TEvent, TRejection>
    where TRejection : struct, Enum
{
    readonly TEvent[]? _events;

    public Decision(params ReadOnlySpan<TEvent> events) => _events = events.ToArray();

    public Decision(TRejection rejection) => Rejection = rejection;

    public IReadOnlyList<TEvent> Events => _events ?? [];

    public TRejection? Rejection { get; }

    public bool IsAccepted => Rejection is null;

    public static implicit operator Decision<TEvent, TRejection>(TRejection reason) => new(reason);

    public static implicit operator Decision<TEvent, TRejection>(TEvent only) => new([only]);

    public static implicit operator Decision<TEvent, TRejection>(AlreadySo _) => default;
}

/// <summary>Converts to an accepted decision without events: the state is what the command asks for.</summary>
public readonly record struct AlreadySo
{
    public static AlreadySo Instance => default;
}
