using System.Globalization;

namespace Orleans.Runtime;

/// <summary>A membership table in memory, for the silos of one process, or for one silo that others ask for it.</summary>
internal sealed class MemoryMembershipTable : IMembershipTable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<SiloAddress, (MembershipEntry Entry, string ETag)> _rows = [];
    private TableVersion _version = VersionOf(0);

    public Task InitializeMembershipTable(bool tryInitTableVersion) => Task.CompletedTask;

    public Task DeleteMembershipTableEntries(string clusterId)
    {
        lock (_gate)
        {
            _rows.Clear();
            _version = VersionOf(0);
        }

        return Task.CompletedTask;
    }

    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate)
    {
        lock (_gate)
        {
            foreach (var defunct in _rows.Values.Where(row => row.Entry.Status != SiloStatus.Active && row.Entry.IAmAliveTime < beforeDate.UtcDateTime).ToList())
            {
                _rows.Remove(defunct.Entry.SiloAddress);
            }
        }

        return Task.CompletedTask;
    }

    public Task<MembershipTableData> ReadRow(SiloAddress key)
    {
        lock (_gate)
        {
            return Task.FromResult(_rows.TryGetValue(key, out var row) ? new MembershipTableData(CopyOf(row), _version) : new MembershipTableData(_version));
        }
    }

    public Task<MembershipTableData> ReadAll()
    {
        lock (_gate)
        {
            return Task.FromResult(new MembershipTableData([.. _rows.Values.Select(CopyOf)], _version));
        }
    }

    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion)
    {
        ArgumentNullException.ThrowIfNull(entry);
        lock (_gate)
        {
            return Task.FromResult(!_rows.ContainsKey(entry.SiloAddress) && Write_NeedsLock(entry, tableVersion));
        }
    }

    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion)
    {
        ArgumentNullException.ThrowIfNull(entry);
        lock (_gate)
        {
            return Task.FromResult(_rows.TryGetValue(entry.SiloAddress, out var row) && row.ETag == etag && Write_NeedsLock(entry, tableVersion));
        }
    }

    public Task UpdateIAmAlive(MembershipEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        lock (_gate)
        {
            if (_rows.TryGetValue(entry.SiloAddress, out var row))
            {
                row.Entry.IAmAliveTime = entry.IAmAliveTime;
            }
        }

        return Task.CompletedTask;
    }

    private bool Write_NeedsLock(MembershipEntry entry, TableVersion version)
    {
        if (version.Version != _version.Version + 1 || version.VersionEtag != _version.VersionEtag)
        {
            return false;
        }

        _version = VersionOf(version.Version);
        _rows[entry.SiloAddress] = (entry.Copy(), _version.VersionEtag);
        return true;
    }

    private static TableVersion VersionOf(int version) => new(version, version.ToString(CultureInfo.InvariantCulture));

    private static Tuple<MembershipEntry, string> CopyOf((MembershipEntry Entry, string ETag) row) => new(row.Entry.Copy(), row.ETag);
}
