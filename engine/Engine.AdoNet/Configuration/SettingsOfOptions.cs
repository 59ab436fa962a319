using Orleans.AdoNet;

namespace Orleans.Configuration;

/// <summary>What the options of all providers have in common.</summary>
internal static class SettingsOfOptions
{
    public static DatabaseSettings ToSettings(this AdoNetClusteringSiloOptions options) =>
        new(nameof(AdoNetClusteringSiloOptions), options.Invariant, options.ConnectionString, options.DataSource);

    public static DatabaseSettings ToSettings(this AdoNetClusteringClientOptions options) =>
        new(nameof(AdoNetClusteringClientOptions), options.Invariant, options.ConnectionString, options.DataSource);

    public static DatabaseSettings ToSettings(this AdoNetReminderTableOptions options) =>
        new(nameof(AdoNetReminderTableOptions), options.Invariant, options.ConnectionString, options.DataSource);

    public static DatabaseSettings ToSettings(this AdoNetGrainStorageOptions options, string name) =>
        new($"{nameof(AdoNetGrainStorageOptions)} '{name}'", options.Invariant, options.ConnectionString, options.DataSource);
}

/// <summary>Checks how a provider reaches its database.</summary>
internal sealed class DatabaseSettingsCheck(Func<DatabaseSettings> settings) : IConfigurationValidator
{
    public void ValidateConfiguration() => settings().Validate();
}
