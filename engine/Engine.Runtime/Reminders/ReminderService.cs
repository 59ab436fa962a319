using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Timers;

namespace Orleans.Reminders;

/// <summary>Keeps the reminders of grains in the table, and ticks those of the grains that belong to this silo.</summary>
internal sealed partial class ReminderService(
    IReminderTable table,
    IGrainFactory grains,
    IClusterViews views,
    ILocalSiloDetails silo,
    EngineMetrics metrics,
    TimeProvider time,
    IOptions<ReminderOptions> options,
    ILogger<ReminderService> logger)
    : IReminderRegistry, ILifecycleParticipant<ISiloLifecycle>, IKillable, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(GrainId, string), LocalReminder> _reminders = [];

    // What was unregistered here, and when in the count of changes: a table that was read before doesn't bring it back.
    private readonly Dictionary<(GrainId, string), long> _removed = [];
    private ITimer? _refresh;
    private long _changes;
    private bool _isStopped;

    public void Participate(ISiloLifecycle observer) => observer.Subscribe<ReminderService>(ServiceLifecycleStage.Active, Start, Stop);

    public async Task<IGrainReminder> RegisterOrUpdateReminder(GrainId callingGrainId, string reminderName, TimeSpan dueTime, TimeSpan period)
    {
        Check(reminderName, dueTime, period);
        var entry = new ReminderEntry { GrainId = callingGrainId, ReminderName = reminderName, StartAt = time.GetUtcNow().UtcDateTime + dueTime, Period = period };
        entry.ETag = await table.UpsertRow(entry);
        lock (_gate)
        {
            Install_NeedsLock(entry, isNew: true);
        }

        return new GrainReminder(callingGrainId, reminderName, entry.ETag);
    }

    public async Task UnregisterReminder(GrainId callingGrainId, IGrainReminder reminder)
    {
        if (reminder is not GrainReminder known || known.GrainId != callingGrainId)
        {
            throw new ArgumentException($"{reminder} is no reminder of {callingGrainId}.", nameof(reminder));
        }

        if (!await table.RemoveRow(callingGrainId, known.ReminderName, known.ETag))
        {
            throw new ReminderException($"The reminder '{known.ReminderName}' of {callingGrainId} could not be unregistered: it was changed or unregistered in the meantime.");
        }

        lock (_gate)
        {
            Remove_NeedsLock((callingGrainId, known.ReminderName));
            _removed[(callingGrainId, known.ReminderName)] = ++_changes;
        }
    }

    public async Task<IGrainReminder?> GetReminder(GrainId callingGrainId, string reminderName)
    {
        ArgumentException.ThrowIfNullOrEmpty(reminderName);
        return await table.ReadRow(callingGrainId, reminderName) is { } row ? new GrainReminder(callingGrainId, reminderName, row.ETag) : null;
    }

    public async Task<List<IGrainReminder>> GetReminders(GrainId callingGrainId) =>
        (await table.ReadRows(callingGrainId)).Reminders.Select(IGrainReminder (row) => new GrainReminder(callingGrainId, row.ReminderName, row.ETag)).ToList();

    /// <summary>Takes over what others have changed in the table.</summary>
    public async Task Refresh()
    {
        long seen;
        lock (_gate)
        {
            seen = _changes;
        }

        var rows = (await table.ReadRows(0, 0)).Reminders.Where(row => Owns(row.GrainId)).ToDictionary(row => (row.GrainId, row.ReminderName));
        lock (_gate)
        {
            foreach (var key in _reminders.Where(local => local.Value.Change <= seen && !rows.ContainsKey(local.Key)).Select(local => local.Key).ToList())
            {
                Remove_NeedsLock(key);
            }

            foreach (var (key, row) in rows)
            {
                var isNewer = _removed.GetValueOrDefault(key) <= seen && (!_reminders.TryGetValue(key, out var local) || (local.Change <= seen && local.Entry.ETag != row.ETag));
                if (isNewer)
                {
                    Install_NeedsLock(row, isNew: false);
                }
            }

            foreach (var key in _removed.Where(removed => removed.Value <= seen).Select(removed => removed.Key).ToList())
            {
                _removed.Remove(key);
            }
        }
    }

    public void Dispose() => _refresh?.Dispose();

    private void Check(string reminderName, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentException.ThrowIfNullOrEmpty(reminderName);
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, TimeSpan.Zero);
        if (period < options.Value.MinimumReminderPeriod)
        {
            throw new ArgumentException($"The period of the reminder '{reminderName}' is {period}; it must be at least MinimumReminderPeriod, which is {options.Value.MinimumReminderPeriod}.", nameof(period));
        }
    }

    private async Task Start(CancellationToken token)
    {
        await table.StartAsync(token);
        metrics.ObserveReminders(() => _reminders.Count);
        views.Changed += OnChanged;
        await Refresh();
        var period = options.Value.RefreshReminderListPeriod;
        using (ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow())
        {
            _refresh = time.CreateTimer(static service => ((ReminderService)service!).BeginRefresh(), this, period, period);
        }
    }

    public ValueTask KillAsync()
    {
        EndReminders();
        return ValueTask.CompletedTask;
    }

    private Task Stop(CancellationToken token)
    {
        EndReminders();
        return table.StopAsync(token);
    }

    private void EndReminders()
    {
        views.Changed -= OnChanged;
        _refresh?.Dispose();
        lock (_gate)
        {
            _isStopped = true;
            foreach (var reminder in _reminders.Values)
            {
                reminder.Dispose();
            }

            _reminders.Clear();
        }
    }

    private void Install_NeedsLock(ReminderEntry entry, bool isNew)
    {
        var key = (entry.GrainId, entry.ReminderName);
        Remove_NeedsLock(key);
        if (!_isStopped && Owns(entry.GrainId))
        {
            var reminder = new LocalReminder(entry, isNew, time, Tick) { Change = ++_changes };
            _reminders[key] = reminder;
            reminder.Start();
        }
    }

    private void Remove_NeedsLock((GrainId, string) key)
    {
        if (_reminders.Remove(key, out var reminder))
        {
            reminder.Dispose();
        }
    }

    private async Task Tick(LocalReminder reminder)
    {
        var entry = reminder.Entry;
        var started = time.GetTimestamp();
        if (views.IsSuspended)
        {
            // Another silo may have the grain, and tick it.
            return;
        }

        try
        {
            metrics.ReminderTicks(reminder.Lateness);
            await grains.GetGrain<IRemindable>(entry.GrainId)
                .ReceiveReminder(entry.ReminderName, new TickStatus(entry.StartAt, entry.Period, time.GetUtcNow().UtcDateTime)).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            LogTickFailed(exception, entry.ReminderName, entry.GrainId, reminder.NextTick, time.GetElapsedTime(started));
        }
    }

    [LoggerMessage(5201, LogLevel.Error, "A tick of the reminder '{Reminder}' of {Grain} failed after {Elapsed}; the next one comes at {NextTick}.")]
    private partial void LogTickFailed(Exception exception, string reminder, GrainId grain, DateTime nextTick, TimeSpan elapsed);

    [LoggerMessage(5202, LogLevel.Warning, "The reminder table could not be read; known reminders go on, and it is read again in {Period}.")]
    private partial void LogRefreshFailed(Exception exception, TimeSpan period);
}

/// <summary>A registered reminder, as it was when it was read.</summary>
[GenerateSerializer, Immutable]
internal sealed record GrainReminder([property: Id(0)] GrainId GrainId, [property: Id(1)] string ReminderName, [property: Id(2)] string ETag) : IGrainReminder;
