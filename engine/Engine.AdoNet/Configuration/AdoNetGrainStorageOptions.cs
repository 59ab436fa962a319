using System.Data.Common;

namespace Orleans.Configuration;

/// <summary>A storage of grain states in a database.</summary>
public class AdoNetGrainStorageOptions
{
    public const string DEFAULT_ADONET_INVARIANT = "Microsoft.Data.SqlClient";
    public const int DEFAULT_INIT_STAGE = ServiceLifecycleStage.ApplicationServices;

    /// <inheritdoc cref="AdoNetClusteringSiloOptions.Invariant"/>
    public string Invariant { get; set; } = DEFAULT_ADONET_INVARIANT;

    public string ConnectionString { get; set; } = null!;

    /// <inheritdoc cref="AdoNetClusteringSiloOptions.DataSource"/>
    public DbDataSource DataSource { get; set; } = null!;

    /// <summary>A cleared state leaves no row; otherwise its row stays, empty, and its version goes on.</summary>
    public bool DeleteStateOnClear { get; set; }

    /// <summary>The stage of the silo's start at which the statements are read.</summary>
    public int InitStage { get; set; } = DEFAULT_INIT_STAGE;
}
