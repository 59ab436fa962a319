namespace Orleans.Runtime;

/// <content>Start and stop, and waiting for what they lead to.</content>
internal sealed partial class MembershipAgent
{
    /// <summary>How long to wait for the table when leaving; then the others have to find out themselves.</summary>
    private static readonly TimeSpan s_leavePatience = TimeSpan.FromSeconds(10);

    private async Task Begin(CancellationToken token)
    {
        await _table.InitializeMembershipTable(tryInitTableVersion: true).WaitAsync(token).ConfigureAwait(false);
        var read = WaitFor(static _ => false, endsWithReading: true);
        Feed(protocol => protocol.Refresh(Now()));
        await read.WaitAsync(token).ConfigureAwait(false);
    }

    private async Task Join(CancellationToken token)
    {
        var active = WaitFor(view => view.IsActive(_self));
        Feed(protocol => protocol.Join(Now()));
        await active.WaitAsync(token).ConfigureAwait(false);
    }

    private async Task End(CancellationToken token)
    {
        await Leave(SiloStatus.Stopping, token).ConfigureAwait(false);
        await Leave(SiloStatus.Dead, token).ConfigureAwait(false);
        Dispose();
    }

    private async Task Leave(SiloStatus status, CancellationToken token)
    {
        var left = Current.Find(_self) is null ? Task.CompletedTask : WaitFor(view => view.Find(_self) is not { } self || self.Status >= status);
        Feed(protocol => protocol.Leave(Now(), status));
        try
        {
            await left.WaitAsync(s_leavePatience, _time, token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            LogNotLeft(status, exception.Message);
        }
    }

    /// <param name="isSo">What is waited for.</param>
    /// <param name="endsWithReading">A reading of the table that began later ends it too.</param>
    private Task WaitFor(Func<ClusterView, bool> isSo, bool endsWithReading = false)
    {
        var waiting = new Waiting(isSo);
        lock (_gate)
        {
            if (_isEnded || isSo(Current))
            {
                return Task.CompletedTask;
            }

            waiting.Since = endsWithReading ? _lastOperation : int.MaxValue;
            _waiting.Add(waiting);
        }

        return waiting.Ended.Task;
    }

    private void EndWaiting(Func<Waiting, bool> which, Exception? exception = null)
    {
        List<Waiting> ended;
        lock (_gate)
        {
            ended = _waiting.FindAll(new(which));
            _waiting.RemoveAll(new(which));
        }

        foreach (var waiting in ended)
        {
            if (exception is null)
            {
                waiting.Ended.TrySetResult();
            }
            else
            {
                waiting.Ended.TrySetException(exception);
            }
        }
    }

    private sealed class Waiting(Func<ClusterView, bool> isSo)
    {
        public Func<ClusterView, bool> IsSo => isSo;

        /// <summary>The number of the last operation that had begun then.</summary>
        public int Since { get; set; }

        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
