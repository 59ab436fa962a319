using System.Globalization;

namespace Orleans.Behaviours.Contracts;

/// <summary>What every reminder table does.</summary>
public abstract class ReminderTableContract
{
    private static readonly DateTime s_start = new(2030, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc);
    private readonly GrainId _grain = NewGrain();

    protected abstract IReminderTable Table { get; }

    [Fact]
    public async Task ReadRow_OfNoReminder_IsNull()
    {
        Assert.Null(await Table.ReadRow(_grain, "none"));
        Assert.Empty((await Table.ReadRows(_grain)).Reminders);
    }

    [Fact]
    public async Task UpsertRow_Afterwards_IsRead()
    {
        var tag = await Table.UpsertRow(Entry(_grain, "a"));

        var row = await Table.ReadRow(_grain, "a");

        Assert.Equal((_grain, "a", s_start, TimeSpan.FromMinutes(90), tag), (row!.GrainId, row.ReminderName, row.StartAt, row.Period, row.ETag));
        Assert.Equal(DateTimeKind.Utc, row.StartAt.Kind);
    }

    [Fact]
    public async Task UpsertRow_OfTheSameName_ReplacesItAndChangesItsETag()
    {
        var first = await Table.UpsertRow(Entry(_grain, "a"));
        var changed = Entry(_grain, "a");
        changed.Period = TimeSpan.FromDays(40);

        var second = await Table.UpsertRow(changed);

        Assert.NotEqual(first, second);
        var row = Assert.Single((await Table.ReadRows(_grain)).Reminders);
        Assert.Equal((TimeSpan.FromDays(40), second), (row.Period, row.ETag));
    }

    [Fact]
    public async Task UpsertRow_OfOneNameByManyAtOnce_LeavesOneRow()
    {
        var tags = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => Table.UpsertRow(Entry(_grain, "a")))));

        var row = Assert.Single((await Table.ReadRows(_grain)).Reminders);
        Assert.Contains(row.ETag, tags);
        Assert.Equal(10, tags.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task ReadRows_OfAGrain_AreItsOwn()
    {
        await Table.UpsertRow(Entry(_grain, "a"));
        await Table.UpsertRow(Entry(_grain, "b"));
        await Table.UpsertRow(Entry(NewGrain(), "c"));

        var rows = (await Table.ReadRows(_grain)).Reminders;

        Assert.Equal(["a", "b"], rows.Select(row => row.ReminderName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task RemoveRow_WithItsETag_RemovesIt()
    {
        var tag = await Table.UpsertRow(Entry(_grain, "a"));

        Assert.True(await Table.RemoveRow(_grain, "a", tag!));
        Assert.Null(await Table.ReadRow(_grain, "a"));
        Assert.False(await Table.RemoveRow(_grain, "a", tag!));
    }

    [Fact]
    public async Task RemoveRow_WithAnOldETag_LeavesIt()
    {
        var old = await Table.UpsertRow(Entry(_grain, "a"));
        await Table.UpsertRow(Entry(_grain, "a"));

        Assert.False(await Table.RemoveRow(_grain, "a", old!));
        Assert.NotNull(await Table.ReadRow(_grain, "a"));
    }

    [Fact]
    public async Task RemoveRow_ByManyAtOnce_SucceedsOnce()
    {
        var tag = await Table.UpsertRow(Entry(_grain, "a"));

        var removed = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => Table.RemoveRow(_grain, "a", tag!))));

        Assert.Single(removed, isRemoved => isRemoved);
    }

    [Fact]
    public async Task ReadRows_OfARange_AreThoseWhoseHashIsAboveItsBeginAndNotAboveItsEnd()
    {
        var grains = Enumerable.Range(0, 40).Select(_ => NewGrain()).OrderBy(grain => grain.GetUniformHashCode()).ToArray();
        foreach (var grain in grains)
            await Table.UpsertRow(Entry(grain, "ranged"));

        // On both sides of the middle, where a signed number changes its sign, and around the end.
        foreach (var (first, last) in new[] { (0, 39), (5, 10), (10, 30), (30, 35), (30, 5), (39, 0), (7, 7) })
        {
            var (begin, end) = (grains[first].GetUniformHashCode(), grains[last].GetUniformHashCode());
            var expected = grains.Where(grain => IsInRange(grain.GetUniformHashCode(), begin, end));

            var read = (await Table.ReadRows(begin, end)).Reminders.Select(row => row.GrainId).Where(grains.Contains);

            Assert.Equal(expected.Order(), read.Order());
        }
    }

    private static bool IsInRange(uint hash, uint begin, uint end) => begin < end ? hash > begin && hash <= end : hash > begin || hash <= end;

    private static GrainId NewGrain() => GrainId.Create("contract", string.Create(CultureInfo.InvariantCulture, $"some/key+{Guid.CreateVersion7():N}"));

    private static ReminderEntry Entry(GrainId grain, string name) => new() { GrainId = grain, ReminderName = name, StartAt = s_start, Period = TimeSpan.FromMinutes(90) };
}
