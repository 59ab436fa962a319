using System.Net;
using Orleans.Runtime;

namespace Engine.Tests.Placement;

public sealed class RendezvousTests
{
    private const int Grains = 60_000;

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(20)]
    public void OwnerOf_ManyGrains_IsSpreadEvenly(int silos)
    {
        var view = View(silos);
        var owners = Ids().CountBy(id => view.OwnerOf(id)!).ToDictionary();

        Assert.Equal(silos, owners.Count);
        var fair = Grains / (double)silos;
        Assert.All(owners.Values, count => Assert.InRange(count, fair * 0.93, fair * 1.07));
    }

    [Fact]
    public void OwnerOf_OrdersByDeliveryKeys_IsSpreadEvenly()
    {
        // Keys that differ in a few digits, as counters and times do.
        var view = View(4);
        var owners = Enumerable.Range(0, Grains).Select(i => GrainId.Create(GrainType.Create("order"), GrainIdKeyExtensions.CreateIntegerKey(i))).CountBy(id => view.OwnerOf(id)!).ToList();

        Assert.All(owners, owner => Assert.InRange(owner.Value, Grains / 4 * 0.93, Grains / 4 * 1.07));
    }

    [Fact]
    public void OwnerOf_WhenASiloComes_OnlyItsGrainsMove()
    {
        var (before, after) = (View(4), View(5));
        var moved = Ids().Where(id => !before.OwnerOf(id)!.Equals(after.OwnerOf(id))).ToList();

        Assert.All(moved, id => Assert.Equal(Silo(4), after.OwnerOf(id)));
        Assert.InRange(moved.Count, Grains / 5 * 0.9, Grains / 5 * 1.1);
    }

    [Fact]
    public void OwnerOf_WhenASiloGoes_OnlyItsGrainsMove()
    {
        var (before, after) = (View(5), View(4));

        foreach (var id in Ids().Where(id => !before.OwnerOf(id)!.Equals(Silo(4))))
            Assert.Equal(before.OwnerOf(id), after.OwnerOf(id));
    }

    [Fact]
    public void OwnerOf_TheSameSilos_DoesNotDependOnWhoElseIsThere()
    {
        var view = new ClusterView(9, Enumerable.Range(0, 3).Select(i => Member(i, SiloStatus.Active)).Append(Member(7, SiloStatus.Joining)).Append(Member(8, SiloStatus.ShuttingDown)).Reverse());

        Assert.All(Ids().Take(100), id => Assert.Equal(View(3).OwnerOf(id), view.OwnerOf(id)));
    }

    [Fact]
    public void OwnerOf_WhatIsKeptInMemory_IsTheEldestSilo()
    {
        var partitions = Enumerable.Range(0, 50).Select(i => GrainId.Create(InMemoryGrains.Storage, $"{i}"));

        Assert.All(partitions, id => Assert.Equal(Silo(0), View(5).OwnerOf(id)));
    }

    [Fact]
    public void OwnerOf_WithoutActiveSilos_IsNobody() => Assert.Null(new ClusterView(1, [Member(1, SiloStatus.Joining)]).OwnerOf(GrainId.Create("a", "b")));

    [Fact]
    public void OwnerOf_WhenTheLastSilosShutDown_IsStillOneOfThem()
    {
        var view = new ClusterView(1, [Member(0, SiloStatus.ShuttingDown), Member(1, SiloStatus.ShuttingDown), Member(2, SiloStatus.Stopping)]);

        Assert.All(Ids().Take(100), id => Assert.Equal(View(2).OwnerOf(id), view.OwnerOf(id)));
    }

    [Fact]
    public void OwnerOf_ForEver_IsTheSame()
    {
        // A rolling upgrade has silos of two versions: they must agree.
        var owners = Enumerable.Range(0, 6).Select(i => View(5).OwnerOf(GrainId.Create("order", $"k{i}"))!.Endpoint.Port);

        Assert.Equal([11003, 11004, 11001, 11003, 11002, 11004], owners);
    }

    private static IEnumerable<GrainId> Ids() => Enumerable.Range(0, Grains).Select(i => GrainId.Create("product", $"sku-{i}"));

    private static ClusterView View(int silos) => new(1, Enumerable.Range(0, silos).Select(i => Member(i, SiloStatus.Active)));

    private static SiloMember Member(int i, SiloStatus status) => new(Silo(i), $"silo-{i}", "here", status, 0, default);

    private static SiloAddress Silo(int i) => SiloAddress.New(IPAddress.Loopback, 11_000 + i, 100 + i);
}
