using Crescent.Testing;
using Engine.Tests.Messaging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans;
using Orleans.Hosting;
using Orleans.Reminders;
using Orleans.Runtime;
using Orleans.Timers;

namespace Engine.Tests.Runtime;

public interface IRemindedGrain : IGrainWithStringKey, IRemindable;

/// <summary>Hands its ticks to the test.</summary>
public sealed class RemindedGrain(ReminderTicks ticks) : Grain, IRemindedGrain
{
    public Task ReceiveReminder(string reminderName, TickStatus status) => ticks.Take(status);
}

/// <summary>The ticks of a silo's reminders; a test may hold one.</summary>
public sealed class ReminderTicks
{
    private readonly Lock _gate = new();
    private readonly List<TickStatus> _taken = [];

    public Task? Holds { get; set; }

    public int Count
    {
        get
        {
            lock (_gate)
                return _taken.Count;
        }
    }

    public TickStatus this[int index]
    {
        get
        {
            lock (_gate)
                return _taken[index];
        }
    }

    public Task Take(TickStatus status)
    {
        lock (_gate)
            _taken.Add(status);
        return Holds ?? Task.CompletedTask;
    }
}

/// <summary>Reminders on a clock that the test moves.</summary>
public sealed class ReminderTests
{
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_step = TimeSpan.FromSeconds(10);
    private readonly ReminderTicks _ticks = new();

    [Fact]
    public async Task Tick_OfEachPeriod_ComesAtItsMultipleAfterTheStart()
    {
        await using var silo = await StartAsync();
        var start = silo.Time.GetUtcNow().UtcDateTime + 2 * s_minute;
        await Register(silo, 2 * s_minute, 5 * s_minute);

        await silo.AdvanceUntil(s_step, () => _ticks.Count == 3);

        Assert.Equal(start, _ticks[0].FirstTickTime);
        Assert.Equal([start, start + 5 * s_minute, start + 10 * s_minute], [_ticks[0].CurrentTickTime, _ticks[1].CurrentTickTime, _ticks[2].CurrentTickTime]);
    }

    [Fact]
    public async Task Tick_ThatTakesLongerThanPeriods_LeavesThoseOutAndKeepsTheMultiples()
    {
        await using var silo = await StartAsync();
        var held = new TaskCompletionSource();
        _ticks.Holds = held.Task;
        await Register(silo, s_minute, s_minute);
        await silo.AdvanceUntil(s_step, () => _ticks.Count == 1);
        silo.Time.Advance(TimeSpan.FromSeconds(25));
        Assert.Equal(1, _ticks.Count);

        _ticks.Holds = null;
        held.SetResult();
        await silo.AdvanceUntil(s_step, () => _ticks.Count == 2);

        var behind = _ticks[1].CurrentTickTime - _ticks[1].FirstTickTime;
        Assert.True(behind >= s_minute && behind.Ticks % s_minute.Ticks < s_step.Ticks, behind.ToString());
    }

    [Fact]
    public void Tick_DueInMonths_Comes()
    {
        var time = new ManualTime();
        var entry = new ReminderEntry { StartAt = time.GetUtcNow().UtcDateTime + TimeSpan.FromDays(90), Period = TimeSpan.FromDays(365) };
        var ticks = new List<DateTime>();
        using var reminder = new LocalReminder(entry, isNew: true, time, _ =>
        {
            ticks.Add(time.GetUtcNow().UtcDateTime);
            return Task.CompletedTask;
        });

        reminder.Start();
        time.Advance(TimeSpan.FromDays(500));

        Assert.Equal([entry.StartAt, entry.StartAt + entry.Period], ticks);
    }

    [Fact]
    public async Task Tick_DueAtOnce_Comes()
    {
        await using var silo = await StartAsync();
        await Register(silo, TimeSpan.Zero, s_minute);

        await silo.AdvanceUntil(TimeSpan.FromSeconds(1), () => _ticks.Count == 1);

        Assert.Equal(_ticks[0].FirstTickTime, _ticks[0].CurrentTickTime);
    }

    [Fact]
    public async Task Refresh_FindsWhatOthersHaveRegisteredAndUnregistered()
    {
        await using var silo = await StartAsync();
        var table = silo.Services.GetRequiredService<IReminderTable>();
        var row = new ReminderEntry { GrainId = Grain(silo), ReminderName = "theirs", StartAt = silo.Time.GetUtcNow().UtcDateTime + s_minute, Period = s_minute };
        var tag = await table.UpsertRow(row);
        await Reminders(silo).Refresh();
        await silo.AdvanceUntil(s_step, () => _ticks.Count == 1);

        Assert.True(await table.RemoveRow(row.GrainId, row.ReminderName, tag));
        await Reminders(silo).Refresh();
        silo.Time.Advance(s_minute * 3);
        await silo.Settle();

        Assert.Equal(1, _ticks.Count);
    }

    [Fact]
    public async Task Unregister_Afterwards_NoTickComes()
    {
        await using var silo = await StartAsync();
        var registry = Reminders(silo);
        var reminder = await registry.RegisterOrUpdateReminder(Grain(silo), "ours", s_minute, s_minute);

        await registry.UnregisterReminder(Grain(silo), reminder);
        silo.Time.Advance(s_minute * 3);
        await silo.Settle();

        Assert.Equal(0, _ticks.Count);
    }

    [Fact]
    public async Task Tick_OfAGrainThatBelongsToAnotherSilo_ComesHereOnceItBelongsHere()
    {
        var views = new TestViews();
        await using var silo = await StartAsync(views);
        var table = silo.Services.GetRequiredService<IReminderTable>();
        var theirs = OwnedBy(View(silo, isAlone: false), Other(silo));
        await table.UpsertRow(new() { GrainId = theirs, ReminderName = "moving", StartAt = silo.Time.GetUtcNow().UtcDateTime + s_minute, Period = s_minute });
        views.Install(View(silo, isAlone: false));
        await Reminders(silo).Refresh();
        silo.Time.Advance(s_minute * 3);
        await silo.Settle();
        Assert.Equal(0, _ticks.Count);

        views.Install(View(silo, isAlone: true));
        await silo.AdvanceUntil(s_step, () => _ticks.Count == 2);

        // What was due meanwhile is left out; the multiples stay.
        var behind = _ticks[0].CurrentTickTime - _ticks[0].FirstTickTime;
        Assert.True(behind >= s_minute * 3 && behind.Ticks % s_minute.Ticks == 0, behind.ToString());
    }

    [Fact]
    public async Task Tick_OfAGrainThatMovesAway_ComesNoMore()
    {
        var views = new TestViews();
        await using var silo = await StartAsync(views);
        var moving = OwnedBy(View(silo, isAlone: false), Other(silo));
        await Reminders(silo).RegisterOrUpdateReminder(moving, "moving", s_minute, s_minute);
        await silo.AdvanceUntil(s_step, () => _ticks.Count == 1);

        views.Install(View(silo, isAlone: false));
        silo.Time.Advance(s_minute * 3);
        await silo.Settle();

        Assert.Equal(1, _ticks.Count);
    }

    [Fact]
    public async Task Tick_WhileTheSiloIsSuspended_DoesNotCome()
    {
        var views = new TestViews();
        await using var silo = await StartAsync(views);
        await Register(silo, s_minute, s_minute);
        views.IsSuspended = true;
        silo.Time.Advance(s_minute * 2);
        await silo.Settle();
        Assert.Equal(0, _ticks.Count);

        views.IsSuspended = false;
        await silo.AdvanceUntil(s_step, () => _ticks.Count == 1);
    }

    private static ClusterView View(TestSilo silo, bool isAlone)
    {
        var self = new SiloMember(silo.Catalog.SiloAddress, "self", "here", SiloStatus.Active, 0, default);
        return isAlone ? new(1, [self]) : new(2, [self, new SiloMember(Other(silo), "other", "there", SiloStatus.Active, 0, default)]);
    }

    /// <summary>A younger one: what is kept in memory stays here.</summary>
    private static SiloAddress Other(TestSilo silo) => SiloAddress.New(silo.Catalog.SiloAddress.Endpoint, silo.Catalog.SiloAddress.Generation + 1);

    private static GrainId OwnedBy(ClusterView view, SiloAddress owner) =>
        Enumerable.Range(0, 1000).Select(i => GrainId.Create("reminded", $"{i}")).First(id => owner.Equals(view.OwnerOf(id)));

    private static ReminderService Reminders(TestSilo silo) => (ReminderService)silo.Services.GetRequiredService<IReminderRegistry>();

    private static GrainId Grain(TestSilo silo) => silo.Client.GetGrain<IRemindedGrain>("one").GetGrainId();

    private static Task<IGrainReminder> Register(TestSilo silo, TimeSpan dueTime, TimeSpan period) => Reminders(silo).RegisterOrUpdateReminder(Grain(silo), "ours", dueTime, period);

    private async Task<TestSilo> StartAsync(TestViews? views = null)
    {
        var silo = TestSilo.Create(builder =>
        {
            builder.UseInMemoryReminderService();
            builder.Services.AddSingleton(_ticks);
            if (views is not null)
            {
                builder.Services.Replace(ServiceDescriptor.Singleton<IClusterViews>(views));
                builder.Services.Replace(ServiceDescriptor.Singleton<IHandOver>(views));
            }
        });

        // A silo that starts belongs to its cluster already.
        views?.Install(View(silo, isAlone: true));
        await silo.StartHostAsync();
        return silo;
    }
}
