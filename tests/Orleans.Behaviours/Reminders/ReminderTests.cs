using Orleans.Behaviours.Support;

namespace Orleans.Behaviours.Reminders;

public sealed class ReminderTests(Cluster cluster)
{
    private static readonly TimeSpan s_soon = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);
    private readonly string _key = Cluster.NewKey();

    private IReminderGrain Grain => cluster.Client.GetGrain<IReminderGrain>(_key);

    [Fact]
    public async Task Reminder_ThatIsDue_CallsTheGrainWithItsNameAndPeriod()
    {
        Assert.Equal("once", await Grain.Register("once", s_soon, s_hour));

        await Trace.Of(_key).WhenContains($"once every {s_hour} True");
    }

    [Fact]
    public async Task Reminder_WithAPeriod_TicksAgain()
    {
        await Grain.Register("often", s_soon, SiloConfiguration.MinimumReminderPeriod);

        await Trace.Of(_key).WhenCount(6);
        Assert.True(await Grain.Unregister("often"));
    }

    [Fact]
    public async Task Reminder_AfterTheActivationHasEnded_ActivatesTheGrain()
    {
        var first = await Grain.Activation();
        await Grain.Register("later", TimeSpan.FromSeconds(1), s_hour);
        await Grain.Deactivate();

        var ticks = await Trace.Of(_key).WhenCount(2);

        Assert.NotEqual(first, ticks[1]);
    }

    [Fact]
    public async Task Reminder_WhoseTickFails_TicksAgain()
    {
        await Grain.Register("fails", s_soon, SiloConfiguration.MinimumReminderPeriod);

        await Trace.Of(_key).WhenCount(4);
        Assert.True(await Grain.Unregister("fails"));
    }

    [Fact]
    public async Task RegisterOrUpdateReminder_OfTheSameName_ReplacesIt()
    {
        await Grain.Register("changed", s_hour, s_hour);
        await Grain.Register("changed", s_soon, 2 * s_hour);

        await Trace.Of(_key).WhenContains($"changed every {2 * s_hour} True");
        Assert.Equal(["changed"], await Grain.Names());
    }

    [Fact]
    public async Task GetReminders_ListsThoseOfTheGrain()
    {
        await Grain.Register("a", s_hour, s_hour);
        await Grain.Register("b", s_hour, s_hour);

        Assert.Equal(["a", "b"], await Grain.Names());
        Assert.Empty(await cluster.NewGrain<IReminderGrain>().Names());
    }

    [Fact]
    public async Task UnregisterReminder_Afterwards_ItIsGone()
    {
        await Grain.Register("gone", s_hour, s_hour);

        Assert.True(await Grain.Unregister("gone"));

        Assert.False(await Grain.Has("gone"));
        Assert.Empty(await Grain.Names());
    }

    [Fact]
    public async Task GetReminder_OfAnUnknownName_IsNull() => Assert.False(await Grain.Has("unknown"));

    [Fact]
    public async Task UnregisterReminder_ThatWasReplaced_Throws() => await Assert.ThrowsAsync<ReminderException>(() => Grain.UnregisterOld("replaced"));

    [Fact]
    public async Task RegisterOrUpdateReminder_BelowTheMinimumPeriod_Throws() =>
        await Assert.ThrowsAsync<ArgumentException>(() => Grain.Register("short", s_hour, SiloConfiguration.MinimumReminderPeriod / 2));

    [Theory]
    [InlineData(-1, 3_600_000)]
    [InlineData(1, -3_600_000)]
    public async Task RegisterOrUpdateReminder_WithANegativeTime_Throws(int dueTime, int period) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Grain.Register("negative", TimeSpan.FromMilliseconds(dueTime * 10), TimeSpan.FromMilliseconds(period)));

    [Fact]
    public async Task RegisterOrUpdateReminder_WithoutAName_Throws() => await Assert.ThrowsAnyAsync<ArgumentException>(() => Grain.Register("", s_hour, s_hour));

    [Fact]
    public async Task RegisterOrUpdateReminder_OfAGrainThatIsNotRemindable_Throws() =>
        await Assert.ThrowsAsync<InvalidOperationException>(cluster.NewGrain<IForgetfulGrain>().Register);
}
