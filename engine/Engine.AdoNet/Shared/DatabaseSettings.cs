using System.Data.Common;
using Npgsql;
using Orleans.Runtime;

namespace Orleans.AdoNet;

/// <summary>How a provider reaches its database. <paramref name="Options"/> is the name of its options class, for messages.</summary>
internal sealed record DatabaseSettings(string Options, string? Invariant, string? ConnectionString, DbDataSource? DataSource)
{
    public const string Npgsql = "Npgsql";

    /// <exception cref="OrleansConfigurationException">A setting is missing or of no use here.</exception>
    public void Validate()
    {
        if (Invariant != Npgsql)
        {
            throw new OrleansConfigurationException($"{Options}.Invariant is '{Invariant}'; it must be '{Npgsql}'.");
        }

        if (DataSource is null && string.IsNullOrWhiteSpace(ConnectionString))
        {
            throw new OrleansConfigurationException($"{Options} has neither a ConnectionString nor a DataSource; one of them is needed.");
        }
    }

    public async ValueTask<DbConnection> OpenConnectionAsync(CancellationToken cancellationToken)
    {
        if (DataSource is not null)
        {
            return await DataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        }

        var connection = new NpgsqlConnection(ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
