using System.Data.Common;

namespace Orleans.Configuration;

/// <summary>The membership table of a silo in a database.</summary>
public class AdoNetClusteringSiloOptions
{
    /// <summary>Names the database's driver: <c>Npgsql</c>.</summary>
    public string Invariant { get; set; } = null!;

    public string ConnectionString { get; set; } = null!;

    /// <summary>Where connections come from, instead of a connection string; it is not disposed of.</summary>
    public DbDataSource DataSource { get; set; } = null!;
}

/// <summary>The membership table from which a client learns where the gateways are.</summary>
public class AdoNetClusteringClientOptions
{
    /// <inheritdoc cref="AdoNetClusteringSiloOptions.Invariant"/>
    public string Invariant { get; set; } = null!;

    public string ConnectionString { get; set; } = null!;

    /// <inheritdoc cref="AdoNetClusteringSiloOptions.DataSource"/>
    public DbDataSource DataSource { get; set; } = null!;
}
