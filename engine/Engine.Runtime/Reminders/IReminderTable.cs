using Orleans.Runtime;

namespace Orleans;

/// <summary>Where reminders are kept. An upsert takes the place of whatever was there; a removal needs the current ETag.</summary>
public interface IReminderTable
{
    Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    Task StopAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    /// <summary>The reminders of one grain.</summary>
    Task<ReminderTableData> ReadRows(GrainId grainId);

    /// <summary>The reminders of the grains whose hash is above <paramref name="begin"/> and at most <paramref name="end"/>, around the end of the numbers if begin is not below end.</summary>
    Task<ReminderTableData> ReadRows(uint begin, uint end);

    /// <summary>One reminder; null if there is none.</summary>
    Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName);

    /// <returns>The new ETag.</returns>
    Task<string> UpsertRow(ReminderEntry entry);

    /// <returns>Whether it was there with that ETag.</returns>
    Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag);
}

/// <summary>A row of the reminder table.</summary>
[GenerateSerializer]
public sealed class ReminderEntry
{
    [Id(0)]
    public GrainId GrainId { get; set; }

    [Id(1)]
    public string ReminderName { get; set; } = "";

    /// <summary>When it first ticks, in UTC; all later ticks are multiples of the period after it.</summary>
    [Id(2)]
    public DateTime StartAt { get; set; }

    [Id(3)]
    public TimeSpan Period { get; set; }

    [Id(4)]
    public string ETag { get; set; } = "";

    public override string ToString() => $"{ReminderName} of {GrainId} at {StartAt:O}, every {Period}";
}

/// <summary>Rows of the reminder table.</summary>
[GenerateSerializer]
public sealed class ReminderTableData
{
    public ReminderTableData()
    {
    }

    public ReminderTableData(ReminderEntry entry) => Reminders.Add(entry);

    public ReminderTableData(IEnumerable<ReminderEntry> list) => Reminders = [.. list];

    [Id(0)]
    public IList<ReminderEntry> Reminders { get; private set; } = new List<ReminderEntry>();
}
