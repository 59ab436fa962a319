using System.Data.Common;
using System.Globalization;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Orleans.AdoNet.Reminders;

/// <summary>The reminder table in a database. A row's version is its ETag.</summary>
internal sealed class AdoNetReminderTable(IOptions<AdoNetReminderTableOptions> options, IOptions<ClusterOptions> cluster) : IReminderTable
{
    private static readonly string[] s_keys =
        ["UpsertReminderRowKey", "ReadReminderRowsKey", "ReadReminderRowKey", "ReadRangeRows1Key", "ReadRangeRows2Key", "DeleteReminderRowKey", "DeleteReminderRowsKey"];

    private readonly string _serviceId = cluster.Value.ServiceId;
    private OrleansQueries? _queries;

    private OrleansQueries Queries => _queries ?? throw new InvalidOperationException("The reminder table is not started yet.");

    public async Task StartAsync(CancellationToken cancellationToken) => _queries = await OrleansQueries.LoadAsync(options.Value.ToSettings(), s_keys, cancellationToken);

    public async Task<ReminderTableData> ReadRows(GrainId grainId) => new(await Queries.ReadAsync("ReadReminderRowsKey", add => AddGrain(add, grainId), Read));

    public async Task<ReminderTableData> ReadRows(uint begin, uint end)
    {
        // The database's numbers have a sign: that turns the circle of hashes by half, and a range stays one, but another one may go around the end.
        var (first, last) = unchecked(((int)begin, (int)end));
        return new(await Queries.ReadAsync(first < last ? "ReadRangeRows1Key" : "ReadRangeRows2Key", add =>
        {
            add("ServiceId", _serviceId);
            add("BeginHash", first);
            add("EndHash", last);
        }, Read));
    }

    public async Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName)
    {
        var rows = await Queries.ReadAsync("ReadReminderRowKey", add =>
        {
            AddGrain(add, grainId);
            add("ReminderName", reminderName);
        }, Read);
        return rows.SingleOrDefault();
    }

    public async Task<string> UpsertRow(ReminderEntry entry)
    {
        var version = await Queries.ReadOneAsync("UpsertReminderRowKey", add =>
        {
            AddGrain(add, entry.GrainId);
            add("ReminderName", entry.ReminderName);
            add("StartTime", DateTime.SpecifyKind(entry.StartAt, DateTimeKind.Utc));
            add("Period", (long)entry.Period.TotalMilliseconds);
            add("GrainHash", unchecked((int)entry.GrainId.GetUniformHashCode()));
        }, row => row.GetInt32(0));
        return version.ToString(CultureInfo.InvariantCulture);
    }

    public async Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag) => await Queries.ReadOneAsync("DeleteReminderRowKey", add =>
    {
        AddGrain(add, grainId);
        add("ReminderName", reminderName);
        add("Version", int.Parse(eTag, CultureInfo.InvariantCulture));
    }, row => row.GetInt32(0)) > 0;

    private static ReminderEntry Read(DbDataReader row) => new()
    {
        GrainId = GrainId.Parse(row.GetFieldValue<string>("GrainId")),
        ReminderName = row.GetFieldValue<string>("ReminderName"),
        StartAt = row.GetFieldValue<DateTime>("StartTime"),
        Period = TimeSpan.FromMilliseconds(row.GetFieldValue<long>("Period")),
        ETag = row.GetFieldValue<int>("Version").ToString(CultureInfo.InvariantCulture),
    };

    private void AddGrain(AddParameter add, GrainId grain)
    {
        add("ServiceId", _serviceId);
        add("GrainId", grain.ToString());
    }
}
