using System.Globalization;
using Crescent.Cluster.Tests.Clusters;
using Npgsql;

namespace Crescent.Cluster.Tests.Chaos;

internal static class RelaySilo
{
    const string LeaseName = "relay";

    /// <summary>The silo whose process holds the relay's lease; null while it changes hands.</summary>
    public static async Task<string?> FindAsync(LocalCluster cluster)
    {
        try
        {
            await using var connection = await cluster.ConnectAsync();
            await using var command = new NpgsqlCommand("SELECT owner FROM leases WHERE name = $1 AND expires > clock_timestamp()", connection);
            command.Parameters.Add(new NpgsqlParameter { Value = LeaseName });
            // The owner is written as MACHINE/PROCESS/RUN.
            return await command.ExecuteScalarAsync() is string owner ? cluster.SiloOf(int.Parse(owner.Split('/')[1], CultureInfo.InvariantCulture)) : null;
        }
        catch (NpgsqlException)
        {
            return null;
        }
    }
}
