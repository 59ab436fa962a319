namespace Orleans.Runtime;

/// <content>What the protocol wants done.</content>
internal sealed partial class MembershipAgent
{
    private void CarryOut(MembershipAction action)
    {
        switch (action)
        {
            case MembershipAction.UseTable use:
                _ = UseTable(use.Number, use.Operation);
                break;
            case MembershipAction.Probe probe:
                _ = Probe(probe);
                break;
            case MembershipAction.Gossip gossip:
                foreach (var target in gossip.Targets)
                {
                    _network.Gossip(target, gossip.Version);
                }

                break;
            case MembershipAction.Show show:
                Show(show.View);
                break;
            case MembershipAction.ReadEnded ended:
                EndWaiting(waiting => waiting.Since < ended.Number);
                break;
            case MembershipAction.JoinFailed failed:
                EndWaiting(static _ => true, new OrleansException(
                    $"The silo can't join the cluster: these active silos can't be reached: {string.Join(", ", failed.Unreached)}. Each must be, or must have been declared dead by the others."));
                break;
            case MembershipAction.Die die:
                Die(die.Reason);
                break;
            default:
                Log(action);
                break;
        }
    }

    /// <summary>Owned by the protocol: it is told how it ended.</summary>
    private async Task UseTable(int number, TableOperation operation)
    {
        Action<MembershipProtocol> outcome;
        try
        {
            outcome = await UseTableAsync(number, operation).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            outcome = protocol => protocol.OperationFailed(Now(), number, exception);
        }

        Feed(outcome);
    }

    private async Task<Action<MembershipProtocol>> UseTableAsync(int number, TableOperation operation)
    {
        var isDone = true;
        switch (operation)
        {
            case TableOperation.Read:
                var table = await _table.ReadAll().ConfigureAwait(false);
                return protocol => protocol.OperationDone(Now(), number, table);
            case TableOperation.Insert insert:
                isDone = await _table.InsertRow(insert.Entry, insert.Version).ConfigureAwait(false);
                break;
            case TableOperation.Update update:
                isDone = await _table.UpdateRow(update.Entry, update.ETag, update.Version).ConfigureAwait(false);
                break;
            case TableOperation.SayAlive alive:
                await _table.UpdateIAmAlive(alive.Entry).ConfigureAwait(false);
                break;
            case TableOperation.Cleanup cleanup:
                await _table.CleanupDefunctSiloEntries(cleanup.Before).ConfigureAwait(false);
                break;
        }

        return protocol => protocol.OperationDone(Now(), number, isDone);
    }

    /// <summary>Owned by the protocol: it is told of an answer, and waits no longer than the probe may take.</summary>
    private async Task Probe(MembershipAction.Probe probe)
    {
        var isThere = probe.Through is { } other
            ? await _network.ProbeThroughAsync(other, probe.Target, _probeTimeout * 2).ConfigureAwait(false)
            : await _network.ProbeAsync(probe.Target, _probeTimeout * 2).ConfigureAwait(false);
        if (isThere)
        {
            Feed(protocol => protocol.ProbeAnswered(Now(), probe.Number, probe.Target));
        }
    }

    private void Show(ClusterView view)
    {
        Current = view;
        LogView(view);
        Changed?.Invoke(view);
        EndWaiting(waiting => waiting.IsSo(view));
    }

    private void Die(string reason)
    {
        Volatile.Write(ref _leaseEnd, 0);
        var sentence = $"The silo {_self} ends at once: {reason}. Others have its grains now; start it again.";
        LogDead(sentence);
        EndWaiting(static _ => true, new OrleansException(sentence));
        Dispose();
        _fatal.Fail(sentence);
    }
}
