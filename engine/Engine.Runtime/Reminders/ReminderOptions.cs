using Microsoft.Extensions.Options;
using Orleans.Runtime;

namespace Orleans.Hosting;

/// <summary>Reminders of a silo.</summary>
public sealed class ReminderOptions
{
    /// <summary>A reminder may not tick more often.</summary>
    public TimeSpan MinimumReminderPeriod { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How often the table is read for what other silos have changed.</summary>
    public TimeSpan RefreshReminderListPeriod { get; set; } = TimeSpan.FromMinutes(5);
}

/// <summary>Checks <see cref="ReminderOptions"/>.</summary>
internal sealed class ReminderOptionsCheck(IOptions<ReminderOptions> options) : IConfigurationValidator
{
    public void ValidateConfiguration()
    {
        if (options.Value.MinimumReminderPeriod < TimeSpan.Zero)
        {
            throw new OrleansConfigurationException($"ReminderOptions.MinimumReminderPeriod is {options.Value.MinimumReminderPeriod}; it must not be negative.");
        }

        if (options.Value.RefreshReminderListPeriod <= TimeSpan.Zero)
        {
            throw new OrleansConfigurationException($"ReminderOptions.RefreshReminderListPeriod is {options.Value.RefreshReminderListPeriod}; it must be greater than zero.");
        }
    }
}
