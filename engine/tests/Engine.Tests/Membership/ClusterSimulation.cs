using System.Net;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Engine.Tests.Membership;

/// <summary>Many silos, their network and their table, all in one thread and on a clock that jumps from event to event. A seed repeats everything.</summary>
internal sealed class ClusterSimulation(int seed, ClusterMembershipOptions? options = null)
{
    private static readonly DateTime s_start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private readonly PriorityQueue<Action, (TimeSpan, long)> _events = new();
    private readonly HashSet<(SiloAddress, SiloAddress)> _cuts = [];
    private readonly HashSet<SiloAddress> _withoutTable = [];
    private long _sequence;
    private int _generation;

    public Random Random { get; } = new(seed);

    public int Seed => seed;

    public ClusterMembershipOptions Options { get; } = options ?? new ClusterMembershipOptions
    {
        ProbeTimeout = TimeSpan.FromSeconds(1),
        IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(2),
        MaxJoinAttemptTime = TimeSpan.FromSeconds(60),
    };

    public MemoryMembershipTable Table { get; } = new();

    public List<SimulatedSilo> Silos { get; } = [];

    public TimeSpan Now { get; private set; } = TimeSpan.FromHours(1);

    public Moment Moment => new(Now, UtcNow);

    public DateTime UtcNow => s_start + Now;

    public TimeSpan Longest { get; set; } = TimeSpan.FromMilliseconds(5);

    public bool IsGossipLost { get; set; }

    /// <summary>A lost table either refuses or does not answer.</summary>
    public bool TableHangs { get; set; }

    /// <summary>Called before a silo's row is written; for what must hold then.</summary>
    public Action<SimulatedSilo, TableOperation>? OnWrite { get; set; }

    public IEnumerable<SimulatedSilo> Running => Silos.Where(silo => silo.IsRunning);

    public IReadOnlyDictionary<SiloAddress, MembershipEntry> Rows => Table.ReadAll().Result.Members.ToDictionary(row => row.Item1.SiloAddress, row => row.Item1);

    public SimulatedSilo Add(int? port = null)
    {
        var address = SiloAddress.New(IPAddress.Loopback, port ?? 20_000 + Silos.Count, ++_generation);
        var silo = new SimulatedSilo(this, address);
        Silos.Add(silo);
        return silo;
    }

    /// <summary>A cluster whose silos have all joined.</summary>
    public static ClusterSimulation Of(int silos, int seed = 1, ClusterMembershipOptions? options = null)
    {
        var cluster = new ClusterSimulation(seed, options);
        for (var i = 0; i < silos; i++)
            cluster.Add().Join();
        cluster.RunUntil(() => cluster.Silos.All(silo => silo.Protocol.Status == SiloStatus.Active && silo.Protocol.View.Active.Length == silos), TimeSpan.FromSeconds(60));
        return cluster;
    }

    public void Schedule(TimeSpan delay, Action action) => _events.Enqueue(action, (Now + delay, ++_sequence));

    public TimeSpan Delay() => Longest * Random.NextDouble();

    public bool IsCut(SiloAddress one, SiloAddress other) => _cuts.Contains((one, other));

    public void Cut(SimulatedSilo one, SimulatedSilo other)
    {
        _cuts.Add((one.Address, other.Address));
        _cuts.Add((other.Address, one.Address));
    }

    /// <summary>Messages of one kind of direction only get lost.</summary>
    public void CutOneWay(SimulatedSilo from, SimulatedSilo to) => _cuts.Add((from.Address, to.Address));

    public void Split(IEnumerable<SimulatedSilo> one, IEnumerable<SimulatedSilo> other)
    {
        foreach (var left in one)
        {
            foreach (var right in other)
                Cut(left, right);
        }
    }

    public void CutTable(params IEnumerable<SimulatedSilo> silos) => _withoutTable.UnionWith(silos.Select(silo => silo.Address));

    public void HealTable() => _withoutTable.Clear();

    public void HealNetwork() => _cuts.Clear();

    public bool HasTable(SiloAddress silo) => !_withoutTable.Contains(silo);

    public void Run(TimeSpan time)
    {
        var until = Now + time;
        while (_events.TryPeek(out _, out var due) && due.Item1 <= until)
            RunNext();
        Now = until;
    }

    public TimeSpan RunUntil(Func<bool> isSo, TimeSpan atMost)
    {
        var start = Now;
        while (!isSo())
        {
            Assert.True(_events.Count > 0 && Now - start <= atMost, $"It did not become so within {atMost} (seed {seed}):\n{this}");
            RunNext();
        }

        return Now - start;
    }

    public override string ToString() => string.Join('\n', Silos.Select(silo => silo.ToString())) + $"\ntable: {Table.ReadAll().Result}";

    private void RunNext()
    {
        _events.TryDequeue(out var next, out var due);
        Now = due.Item1;
        next!();
    }
}
