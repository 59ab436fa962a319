using System.Diagnostics;
using Crescent.Domain;
using Crescent.EventStore;
using Crescent.GrainInterfaces;
using Microsoft.Extensions.Logging;

namespace Crescent.Grains.EventSourcing;

/// <summary>
/// Decides a grain's commands: takes all that wait, decides them one after the other on the evolving state, commits
/// what they cause as one batch, and answers only then. Lives on its grain's scheduler, so nothing here is locked.
/// </summary>
sealed partial class CommandPump<TState, TEvent>(
    IJournal<TState, TEvent> journal, StreamName stream, AggregateOptions options, ILogger logger)
    where TEvent : class, IDomainEvent
{
    readonly Queue<PendingCommand<TState, TEvent>> _waiting = [];
    readonly RecentReceipts _recent = new(options.RecentCommands);
    Task _run = Task.CompletedTask;

    /// <summary>Takes a command in; its answer comes once everything it causes is durable.</summary>
    /// <exception cref="AggregateUnavailableException">The grain can't go on, or has too much to do.</exception>
    public void Enqueue(PendingCommand<TState, TEvent> command)
    {
        ThrowIfBroken();
        if (_waiting.Count >= options.MaxQueuedCommands)
            throw new AggregateUnavailableException($"{stream} has {options.MaxQueuedCommands} commands waiting and takes no more for now.");
        _waiting.Enqueue(command);
        if (_run.IsCompleted) _run = RunAsync();
    }

    /// <summary>Never fails: whatever goes wrong is the answer of the commands it happens to.</summary>
    async Task RunAsync()
    {
        // What else arrives in this turn joins the first batch.
        await Task.Yield();
        LeaveCallersContext();
        while (_waiting.Count > 0)
        {
            var batch = Take();
            try
            {
                await SettleAsync([.. batch]);
            }
            catch (Exception e)
            {
                LogBatchFailed(stream, batch.Count, e);
                var answer = e as AggregateUnavailableException ?? Unavailable();
                foreach (var command in batch) command.Fail(answer);
            }
        }
    }

    List<PendingCommand<TState, TEvent>> Take()
    {
        var batch = new List<PendingCommand<TState, TEvent>>(Math.Min(_waiting.Count, options.MaxBatchedCommands));
        var ids = new HashSet<Guid>();
        // A repetition waits for the next batch, where the receipt of the first is known.
        while (batch.Count < options.MaxBatchedCommands && _waiting.TryPeek(out var next) && ids.Add(next.CommandId)) batch.Add(_waiting.Dequeue());
        return batch;
    }

    async Task SettleAsync(List<PendingCommand<TState, TEvent>> open)
    {
        open.RemoveAll(AnswerFromMemory);
        for (var round = 1; open.Count > 0 && round <= options.MaxDecisionRounds; round++)
        {
            ThrowIfBroken();
            var draft = Draft<TState, TEvent>.Decide(journal, stream, open, FailUndecided);
            if (await CommitAsync(draft) is { } last)
            {
                await AnswerAsync(draft, last);
                return;
            }

            ThrowIfBroken();
            LogOvertaken(stream, round, open.Count);
            await AnswerRecordedAsync(open);
        }

        if (open.Count > 0) throw new AggregateUnavailableException($"{stream} was overtaken by others {options.MaxDecisionRounds} times in a row.");
    }

    /// <summary>
    /// The last event's position, or null if the commands were decided on a state that others had left behind. Where there is
    /// nothing to commit, nothing else would show that: while grains move, another activation may have gone on.
    /// </summary>
    async Task<long?> CommitAsync(Draft<TState, TEvent> draft)
    {
        if (draft.Events.Count > 0) return await journal.CommitAsync(draft);
        await journal.RefreshAsync();
        ThrowIfBroken();
        return journal.ConfirmedVersion == draft.Version ? 0 : null;
    }

    async Task AnswerAsync(Draft<TState, TEvent> draft, long lastPosition)
    {
        foreach (var (command, receipt) in draft.Effective(lastPosition)) Accept(command, receipt);
        // What looks rejected, or there already, may be a repetition of what was accepted long ago.
        var idle = draft.Idle.ToList();
        if (draft.Version > 0) await AnswerRecordedAsync(idle);
        foreach (var command in idle) command.AnswerAsDecided();
    }

    /// <summary>Answers the commands that stand in the stream and takes them off the list.</summary>
    async Task AnswerRecordedAsync(List<PendingCommand<TState, TEvent>> open)
    {
        var found = await Task.WhenAll(open.Select(command => journal.FindAsync(command.CommandId)));
        for (var i = open.Count - 1; i >= 0; i--)
        {
            if (found[i] is not { } receipt) continue;
            Accept(open[i], receipt);
            open.RemoveAt(i);
        }
    }

    bool AnswerFromMemory(PendingCommand<TState, TEvent> command)
    {
        if (!_recent.TryGet(command.CommandId, out var receipt)) return false;
        command.Accept(receipt);
        return true;
    }

    void Accept(PendingCommand<TState, TEvent> command, CommandReceipt receipt)
    {
        _recent.Add(command.CommandId, receipt);
        command.Accept(receipt);
    }

    void ThrowIfBroken()
    {
        if (journal.Broken is not null) throw Unavailable();
    }

    AggregateUnavailableException Unavailable() => new($"{stream} can't be reached now; whether the command holds is unknown.");

    /// <summary>A decider that throws is a bug, and must not take down the commands beside it.</summary>
    void FailUndecided(PendingCommand<TState, TEvent> command, Exception exception)
    {
        LogUndecided(stream, command.CommandId, exception);
        command.Fail(new InvalidOperationException($"{stream} could not decide command {command.CommandId}: {exception.GetType().Name}."));
    }

    /// <summary>The pump serves many callers: it must not pass for the one that happened to start it.</summary>
    static void LeaveCallersContext()
    {
        Activity.Current = null;
        RequestContext.Clear();
    }
}
