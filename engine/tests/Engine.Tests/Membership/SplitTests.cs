using Orleans.Runtime;

namespace Engine.Tests.Membership;

/// <summary>Many silos and many seeds: splits, outages, crashes and joins at random moments.</summary>
public sealed class SplitTests
{
    private static readonly TimeSpan s_calm = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(3, 1)]
    [InlineData(5, 2)]
    [InlineData(9, 4)]
    [InlineData(20, 3)]
    public void Split_WithTheTableInReachOfBothSides_TheLargerSideLivesAndTheSmallerOneEnds(int silos, int cutOff)
    {
        for (var seed = 0; seed < 150 / silos; seed++)
        {
            var cluster = ClusterSimulation.Of(silos, seed);
            var smaller = cluster.Silos.OrderBy(_ => cluster.Random.Next()).Take(cutOff).ToList();
            cluster.Split(smaller, cluster.Silos.Except(smaller));

            cluster.Run(s_calm);

            Assert.True(cluster.Silos.Except(smaller).All(silo => silo.IsRunning), $"seed {seed}\n{cluster}");
            Assert.True(smaller.TrueForAll(silo => silo.Death is not null), $"seed {seed}\n{cluster}");
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(10)]
    public void Split_IntoHalves_OneOfThemLives(int silos)
    {
        for (var seed = 0; seed < 100 / silos; seed++)
        {
            var cluster = ClusterSimulation.Of(silos, seed);
            cluster.Split(cluster.Silos.Take(silos / 2), cluster.Silos.Skip(silos / 2));

            cluster.Run(s_calm);

            Assert.True(cluster.Running.Count() >= silos / 2, $"seed {seed}\n{cluster}");
            AssertAgreed(cluster, cluster.Running);
        }
    }

    [Fact]
    public void Split_WithTheTableOnOneSide_TheOtherSideIsSilentBeforeItIsDeclaredDead()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var cluster = ClusterSimulation.Of(5, seed);
            var lost = cluster.Silos.OrderBy(_ => cluster.Random.Next()).Take(2).ToList();
            cluster.TableHangs = seed % 2 == 0;
            cluster.CutTable(lost);
            cluster.Split(lost, cluster.Silos.Except(lost));
            cluster.OnWrite = (_, operation) =>
            {
                if (operation is TableOperation.Update { Entry: { Status: SiloStatus.Dead, SiloAddress: var dead } })
                    Assert.True(cluster.Silos.Find(silo => silo.Address.Equals(dead))!.IsSilent, $"seed {cluster.Seed}\n{cluster}");
            };

            cluster.Run(s_calm);
            cluster.HealNetwork();
            cluster.HealTable();
            cluster.Run(s_calm);

            Assert.Equal(3, cluster.Running.Count());
            AssertAgreed(cluster, cluster.Running);
        }
    }

    [Fact]
    public void Chaos_OfAnyKind_EndsInOneViewOfThoseThatRun()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var cluster = ClusterSimulation.Of(3 + seed % 8, seed);
            cluster.Longest = TimeSpan.FromMilliseconds(1 + cluster.Random.Next(200));
            for (var step = 0; step < 12; step++)
            {
                Disturb(cluster);
                cluster.Run(TimeSpan.FromSeconds(cluster.Random.NextDouble() * 8));
            }

            cluster.IsGossipLost = false;
            cluster.HealNetwork();
            cluster.HealTable();
            cluster.Silos.ForEach(silo => silo.Resume());
            cluster.Add().Join();
            cluster.Run(TimeSpan.FromMinutes(2));

            AssertAgreed(cluster, cluster.Running);
            var ghosts = cluster.Silos.Where(silo => !silo.IsRunning && cluster.Rows.GetValueOrDefault(silo.Address)?.Status == SiloStatus.Active);
            Assert.False(ghosts.Any(), $"seed {seed}\n{cluster}");
        }
    }

    private static void Disturb(ClusterSimulation cluster)
    {
        var running = cluster.Running.ToList();
        if (running.Count == 0)
        {
            cluster.Add().Join();
            return;
        }

        var one = running[cluster.Random.Next(running.Count)];
        switch (cluster.Random.Next(10))
        {
            case 0:
                one.Kill();
                break;
            case 1:
                one.Pause();
                break;
            case 2:
                cluster.Silos.ForEach(silo => silo.Resume());
                break;
            case 3:
                cluster.CutTable(one);
                break;
            case 4:
                cluster.TableHangs = cluster.Random.Next(2) == 0;
                cluster.CutTable(cluster.Silos);
                break;
            case 5:
                cluster.HealTable();
                break;
            case 6:
                var some = running.Where(_ => cluster.Random.Next(3) == 0).ToList();
                cluster.Split(some, running.Except(some));
                break;
            case 7:
                cluster.HealNetwork();
                break;
            case 8:
                cluster.IsGossipLost = !cluster.IsGossipLost;
                break;
            default:
                cluster.Add().Join();
                break;
        }
    }

    private static void AssertAgreed(ClusterSimulation cluster, IEnumerable<SimulatedSilo> silos)
    {
        var running = silos.ToList();
        var expected = running.Select(silo => silo.Address).Order().ToList();
        foreach (var silo in running)
        {
            Assert.True(silo.Protocol.View.Active.Order().SequenceEqual(expected), $"seed {cluster.Seed}\n{cluster}");
            Assert.False(silo.Protocol.IsSuspended, $"seed {cluster.Seed}\n{cluster}");
        }
    }
}
