using Orleans;
using Orleans.EventSourcing;
using Orleans.EventSourcing.CustomStorage;

namespace Engine.Tests.EventSourcing;

/// <summary>What the storage of the tally grains answers, and what they have seen.</summary>
internal sealed class TallyScript
{
    /// <summary>A stored version that can't be read.</summary>
    public const int Unreadable = -1;

    private int _writes;

    /// <summary>Answers a write, given its number from 1 on.</summary>
    public Func<int, bool> Write { get; set; } = static _ => true;

    /// <summary>What the storage reads as its version.</summary>
    public int StoredVersion { get; set; }

    /// <summary>What the grain makes of an issue.</summary>
    public Action<ConnectionIssue> OnIssue { get; set; } = static _ => { };

    public List<ConnectionIssue> Issues { get; } = [];

    public int Resolved { get; set; }

    public int StateChanges { get; set; }

    public int Writes => Volatile.Read(ref _writes);

    public bool NextWrite() => Write(Interlocked.Increment(ref _writes));
}

[GenerateSerializer]
public sealed class Tally
{
    [Id(0)]
    public int Count { get; set; }
}

public sealed record Bumped;

public interface ITallyGrain : IGrainWithStringKey
{
    Task Bump();

    Task<bool> BumpConditionally();

    Task BumpAndDeactivate();

    Task<int> Version();
}

internal sealed class TallyGrain(TallyScript script) : JournaledGrain<Tally, Bumped>, ITallyGrain, ICustomStorageInterface<Tally, Bumped>
{
    public Task Bump()
    {
        RaiseEvent(new Bumped());
        return ConfirmEvents();
    }

    public Task<bool> BumpConditionally() => RaiseConditionalEvent(new Bumped());

    public Task BumpAndDeactivate()
    {
        RaiseEvent(new Bumped());
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    Task<int> ITallyGrain.Version() => Task.FromResult(Version);

    public Task<KeyValuePair<int, Tally>> ReadStateFromStorage() => script.StoredVersion == TallyScript.Unreadable
        ? throw new IOException("The storage can't be read.")
        : Task.FromResult(new KeyValuePair<int, Tally>(script.StoredVersion, new Tally { Count = script.StoredVersion }));

    public Task<bool> ApplyUpdatesToStorage(IReadOnlyList<Bumped> updates, int expectedVersion)
    {
        var stored = script.NextWrite();
        if (stored)
            script.StoredVersion += updates.Count;
        return Task.FromResult(stored);
    }

    protected override void TransitionState(Tally state, Bumped @event) => state.Count++;

    protected override void OnStateChanged() => script.StateChanges++;

    protected override void OnConnectionIssue(ConnectionIssue issue)
    {
        script.OnIssue(issue);
        script.Issues.Add(issue);
    }

    protected override void OnConnectionIssueResolved(ConnectionIssue issue) => script.Resolved++;
}
