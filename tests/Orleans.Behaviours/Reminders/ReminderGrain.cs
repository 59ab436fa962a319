using Orleans.Behaviours.Support;

namespace Orleans.Behaviours.Reminders;

public interface IReminderGrain : IGrainWithStringKey
{
    Task<string> Register(string name, TimeSpan dueTime, TimeSpan period);

    Task<bool> Unregister(string name);

    /// <summary>Unregisters what another registration has replaced since it was read.</summary>
    Task UnregisterOld(string name);

    Task<bool> Has(string name);

    Task<List<string>> Names();

    Task<string> Activation();

    Task Deactivate();
}

/// <summary>Writes its ticks down.</summary>
public sealed class ReminderGrain : Grain, IReminderGrain, IRemindable
{
    private Trace Trace => Trace.Of(this.GetPrimaryKeyString());

    public async Task<string> Register(string name, TimeSpan dueTime, TimeSpan period) => (await this.RegisterOrUpdateReminder(name, dueTime, period)).ReminderName;

    public async Task<bool> Unregister(string name)
    {
        if (await this.GetReminder(name) is not { } reminder)
            return false;
        await this.UnregisterReminder(reminder);
        return true;
    }

    public async Task UnregisterOld(string name)
    {
        var old = await this.RegisterOrUpdateReminder(name, TimeSpan.FromHours(1), TimeSpan.FromHours(1));
        await this.RegisterOrUpdateReminder(name, TimeSpan.FromHours(2), TimeSpan.FromHours(2));
        await this.UnregisterReminder(old);
    }

    public async Task<bool> Has(string name) => await this.GetReminder(name) is not null;

    public async Task<List<string>> Names() => (await this.GetReminders()).Select(reminder => reminder.ReminderName).Order(StringComparer.Ordinal).ToList();

    public Task<string> Activation() => Task.FromResult(GrainContext.ActivationId.ToString());

    public Task Deactivate()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        var isWhole = status.CurrentTickTime >= status.FirstTickTime && status.CurrentTickTime.Kind == DateTimeKind.Utc;
        Trace.Add($"{reminderName} every {status.Period} {isWhole}");
        Trace.Add(GrainContext.ActivationId.ToString());
        return reminderName == "fails" ? throw new InvalidOperationException("a tick") : Task.CompletedTask;
    }
}

public interface IForgetfulGrain : IGrainWithStringKey
{
    Task Register();
}

/// <summary>Can't be reminded.</summary>
public sealed class ForgetfulGrain : Grain, IForgetfulGrain
{
    public Task Register() => this.RegisterOrUpdateReminder("x", TimeSpan.FromHours(1), TimeSpan.FromHours(1));
}
