using Orleans.Runtime;

namespace Orleans;

/// <summary>Where the silos of a cluster agree on who belongs to it. Any failure to reach it is an exception; false means that somebody else was faster.</summary>
public interface IMembershipTable
{
    /// <summary>Called once before anything else.</summary>
    /// <param name="tryInitTableVersion">Also make the version if there is none yet.</param>
    Task InitializeMembershipTable(bool tryInitTableVersion);

    /// <summary>Forgets a whole cluster.</summary>
    Task DeleteMembershipTableEntries(string clusterId);

    /// <summary>Forgets silos that are not active and gave their last sign of life before that moment.</summary>
    Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate);

    /// <summary>The row of one silo, if it is there, and the version.</summary>
    Task<MembershipTableData> ReadRow(SiloAddress key);

    Task<MembershipTableData> ReadAll();

    /// <summary>Adds a row and counts the version up, or does neither.</summary>
    /// <returns>False if the row exists or the version is not the one before <paramref name="tableVersion"/>.</returns>
    Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion);

    /// <summary>Changes a row and counts the version up, or does neither.</summary>
    /// <returns>False if the row has another <paramref name="etag"/> or the version is not the one before <paramref name="tableVersion"/>.</returns>
    Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion);

    /// <summary>Writes <see cref="MembershipEntry.IAmAliveTime"/> and nothing else, without counting the version up.</summary>
    Task UpdateIAmAlive(MembershipEntry entry);
}
