using System.Data.Common;

namespace Orleans.Configuration;

/// <summary>The reminder table in a database.</summary>
public class AdoNetReminderTableOptions
{
    /// <inheritdoc cref="AdoNetClusteringSiloOptions.Invariant"/>
    public string Invariant { get; set; } = null!;

    public string ConnectionString { get; set; } = null!;

    /// <inheritdoc cref="AdoNetClusteringSiloOptions.DataSource"/>
    public DbDataSource DataSource { get; set; } = null!;
}
