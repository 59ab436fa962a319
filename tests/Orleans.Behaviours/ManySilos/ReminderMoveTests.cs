using Orleans.Behaviours.AdoNet;
using Orleans.Behaviours.Reminders;
using Orleans.Behaviours.Support;
using Orleans.TestingHost;

namespace Orleans.Behaviours.ManySilos;

/// <summary>Reminders in a database outlive the silos that tick them.</summary>
[Collection(nameof(SiloCluster))]
public sealed class ReminderMoveTests
{
    private const string Name = "often";

    [Fact]
    public async Task Reminders_AfterTheDeathOfASilo_TickOn()
    {
        await using var cluster = await DatabaseCluster.DeployAsync();
        var grains = await RegisterAsync(cluster);

        await cluster.KillSiloAsync(cluster.Silos[2]);

        await WhenAllTickAsync(grains);
    }

    [Fact]
    public async Task Reminders_AfterTheStopOfASilo_TickOn()
    {
        await using var cluster = await DatabaseCluster.DeployAsync();
        var grains = await RegisterAsync(cluster);

        await cluster.StopSiloAsync(cluster.Silos[1]);

        await WhenAllTickAsync(grains);
    }

    [Fact]
    public async Task Reminders_AfterASiloJoined_TickOn()
    {
        await using var cluster = await DatabaseCluster.DeployAsync();
        var grains = await RegisterAsync(cluster);

        await cluster.StartSiloAsync();

        await cluster.WhenAllSeeAsync(4);
        await WhenAllTickAsync(grains);
    }

    [Fact]
    public async Task Reminder_UnregisteredOnAnotherSiloThanItsOwner_TicksNoMore()
    {
        await using var cluster = await DatabaseCluster.DeployAsync();
        var grains = await RegisterAsync(cluster);
        await WhenAllTickAsync(grains);

        foreach (var grain in grains)
            Assert.True(await grain.Unregister(Name).Soon());

        foreach (var grain in grains)
            Assert.Empty(await grain.Names().Soon());
        Assert.Equal(0, DatabaseCluster.CountReminders(grains));
    }

    private static async Task<IReminderGrain[]> RegisterAsync(SiloCluster cluster)
    {
        var grains = Enumerable.Range(0, 12).Select(_ => cluster.Client.GetGrain<IReminderGrain>(Cluster.NewKey())).ToArray();
        foreach (var grain in grains)
            await grain.Register(Name, TimeSpan.FromMilliseconds(100), SiloConfiguration.MinimumReminderPeriod).Soon();
        return grains;
    }

    /// <summary>Twice from now on: a tick that was on its way is not enough.</summary>
    private static async Task WhenAllTickAsync(IReminderGrain[] grains)
    {
        var traces = grains.Select(grain => Trace.Of(grain.GetPrimaryKeyString())).ToArray();
        await Task.WhenAll(traces.Select(trace => trace.WhenCount(trace.Entries.Count + 4)));
    }

    private sealed class DatabaseCluster() : SiloCluster(3, builder => builder.AddSiloBuilderConfigurator<RemindersInDatabase>())
    {
        // Silos are configured by type, so they share it.
        private static readonly Lazy<OrleansDatabase> s_database = new(() => new());

        public static async Task<SiloCluster> DeployAsync()
        {
            var cluster = new DatabaseCluster();
            await cluster.InitializeAsync();
            return cluster;
        }

        public static long CountReminders(IReminderGrain[] grains) =>
            s_database.Value.Query<long>($"SELECT count(*) FROM OrleansRemindersTable WHERE GrainId IN ({string.Join(',', grains.Select(grain => $"'{grain.GetGrainId()}'"))})");

        private sealed class RemindersInDatabase : ISiloConfigurator
        {
            public void Configure(ISiloBuilder siloBuilder) => siloBuilder.UseAdoNetReminderService(options =>
                (options.Invariant, options.ConnectionString) = (OrleansDatabase.Invariant, s_database.Value.ConnectionString));
        }
    }
}
