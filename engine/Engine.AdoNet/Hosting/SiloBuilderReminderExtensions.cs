using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.AdoNet.Reminders;
using Orleans.Configuration;
using Orleans.Reminders;

namespace Orleans.Hosting;

/// <summary>Adds reminders that are kept in a database.</summary>
public static class SiloBuilderReminderExtensions
{
    public static ISiloBuilder UseAdoNetReminderService(this ISiloBuilder builder, Action<AdoNetReminderTableOptions> configureOptions) =>
        builder.UseAdoNetReminderService(options => options.Configure(configureOptions));

    public static ISiloBuilder UseAdoNetReminderService(this ISiloBuilder builder, Action<OptionsBuilder<AdoNetReminderTableOptions>> configureOptions)
    {
        ArgumentNullException.ThrowIfNull(builder);
        configureOptions?.Invoke(builder.Services.AddOptions<AdoNetReminderTableOptions>());
        ReminderServices.AddTo(builder.Services);
        builder.Services.AddSingleton<IReminderTable, AdoNetReminderTable>();
        builder.Services.AddSingleton<IConfigurationValidator>(services =>
            new DatabaseSettingsCheck(() => services.GetRequiredService<IOptions<AdoNetReminderTableOptions>>().Value.ToSettings()));
        return builder;
    }
}
