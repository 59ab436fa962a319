using System.Collections.Immutable;

namespace Crescent.Domain;

/// <summary>
/// The ids of the last accepted commands of one aggregate: the fast path of idempotency. What has left the window
/// is still refused by the event store's index of command ids.
/// </summary>
public sealed record RecentCommands(ImmutableArray<Guid> Ids)
{
    public const int Limit = 64;

    public static RecentCommands None { get; } = new(ImmutableArray<Guid>.Empty);

    public bool Contains(Guid commandId) => Ids.AsSpan().Contains(commandId);

    public RecentCommands With(Guid commandId)
    {
        if (Contains(commandId)) return this;
        var kept = Ids.Length < Limit ? Ids.AsSpan() : Ids.AsSpan(Ids.Length - Limit + 1, Limit - 1);
        return new RecentCommands([.. kept, commandId]);
    }
}
