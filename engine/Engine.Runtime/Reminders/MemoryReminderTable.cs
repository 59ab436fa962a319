using Orleans.Runtime;

namespace Orleans.Reminders;

/// <summary>The table in memory: a grain, so that all silos of a cluster share it. Its key is 0.</summary>
internal interface IMemoryReminderTableGrain : IGrainWithIntegerKey
{
    Task<ReminderTableData> ReadRows();

    Task<ReminderTableData> ReadRows(GrainId grainId);

    Task<string> UpsertRow(ReminderEntry entry);

    Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag);
}

[KeepAlive]
[GrainType(InMemoryGrains.Reminders)]
internal sealed class MemoryReminderTableGrain : Grain, IMemoryReminderTableGrain
{
    private readonly Dictionary<(GrainId, string), ReminderEntry> _rows = [];

    public Task<ReminderTableData> ReadRows() => Task.FromResult(new ReminderTableData(_rows.Values));

    public Task<ReminderTableData> ReadRows(GrainId grainId) => Task.FromResult(new ReminderTableData(_rows.Values.Where(row => row.GrainId == grainId)));

    public Task<string> UpsertRow(ReminderEntry entry)
    {
        entry.ETag = Guid.CreateVersion7().ToString("N");
        _rows[(entry.GrainId, entry.ReminderName)] = entry;
        return Task.FromResult(entry.ETag);
    }

    public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag) =>
        Task.FromResult(_rows.TryGetValue((grainId, reminderName), out var row) && row.ETag == eTag && _rows.Remove((grainId, reminderName)));
}

/// <inheritdoc cref="IMemoryReminderTableGrain"/>
internal sealed class MemoryReminderTable(IGrainFactory grains) : IReminderTable
{
    private IMemoryReminderTableGrain Table => grains.GetGrain<IMemoryReminderTableGrain>(0);

    public Task<ReminderTableData> ReadRows(GrainId grainId) => Table.ReadRows(grainId);

    public async Task<ReminderTableData> ReadRows(uint begin, uint end)
    {
        var rows = (await Table.ReadRows()).Reminders;
        return new(rows.Where(row => IsBetween(row.GrainId.GetUniformHashCode(), begin, end)));
    }

    public async Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) =>
        (await Table.ReadRows(grainId)).Reminders.FirstOrDefault(row => row.ReminderName == reminderName);

    public Task<string> UpsertRow(ReminderEntry entry) => Table.UpsertRow(entry);

    public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag) => Table.RemoveRow(grainId, reminderName, eTag);

    private static bool IsBetween(uint hash, uint begin, uint end) => begin < end ? hash > begin && hash <= end : hash > begin || hash <= end;
}
