using Orleans.Runtime;

namespace Orleans.Reminders;

/// <content>Which reminders are this silo's: they move with their grains.</content>
internal sealed partial class ReminderService
{
    /// <summary>After a table could not be read, it is tried again sooner than usual: reminders of another silo may have come here.</summary>
    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(5);

    private bool _isRefreshing;
    private bool _isRefreshWanted;

    private bool Owns(GrainId grain) => silo.SiloAddress.Equals(views.Current.OwnerOf(grain));

    private void OnChanged(ClusterView view)
    {
        lock (_gate)
        {
            foreach (var gone in _reminders.Keys.Where(key => !Owns(key.Item1)).ToList())
            {
                Remove_NeedsLock(gone);
            }
        }

        BeginRefresh();
    }

    /// <summary>Reads the table in the background; once more if it is asked for meanwhile.</summary>
    private void BeginRefresh()
    {
        lock (_gate)
        {
            _isRefreshWanted = true;
            if (_isRefreshing || _isStopped)
            {
                return;
            }

            _isRefreshing = true;
        }

        _ = RefreshWhileWanted();
    }

    /// <summary>Owned by the service; one at a time.</summary>
    private async Task RefreshWhileWanted()
    {
        // Whoever shows a view must go on.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        while (IsRefreshWanted())
        {
            try
            {
                await Refresh().ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                var period = options.Value.RefreshReminderListPeriod;
                var wait = period < s_retry ? period : s_retry;
                LogRefreshFailed(exception, wait);
                _refresh?.Change(wait, period);
            }
        }
    }

    private bool IsRefreshWanted()
    {
        lock (_gate)
        {
            _isRefreshing = _isRefreshWanted && !_isStopped;
            _isRefreshWanted = false;
            return _isRefreshing;
        }
    }
}
