#pragma warning disable CS0618 // Later versions have more methods beside these.
using System.Net;
using Orleans.Behaviours.Support;

namespace Orleans.Behaviours.Contracts;

/// <summary>What every membership table does.</summary>
public abstract class MembershipTableContract : IAsyncLifetime
{
    private static readonly DateTime s_start = new(2030, 1, 2, 3, 4, 5, DateTimeKind.Utc);
    private readonly string _clusterId = Cluster.NewKey();
    private IDisposable? _owner;
    private int _silos;

    private IMembershipTable Table { get; set; } = null!;

    public async ValueTask InitializeAsync()
    {
        (Table, _owner) = NewTable(_clusterId);
        await Table.InitializeMembershipTable(true);
    }

    public ValueTask DisposeAsync()
    {
        _owner?.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task ReadAll_OfANewCluster_HasAVersionAndNoMembers()
    {
        var data = await Table.ReadAll();

        Assert.Equal(0, data.Version.Version);
        Assert.Empty(data.Members);
    }

    [Fact]
    public async Task Initialize_Again_KeepsTheVersion()
    {
        await InsertAsync(Entry());

        await Table.InitializeMembershipTable(true);

        Assert.Equal(1, (await Table.ReadAll()).Version.Version);
    }

    [Fact]
    public async Task InsertRow_Afterwards_IsReadAndCountsTheVersionUp()
    {
        var entry = Entry();

        Assert.True(await InsertAsync(entry));

        var data = await Table.ReadAll();
        Assert.Equal(1, data.Version.Version);
        var read = Assert.Single(data.Members).Item1;
        Assert.Equal(
            (entry.SiloAddress, entry.SiloName, entry.HostName, entry.Status, entry.ProxyPort, entry.StartTime, entry.IAmAliveTime),
            (read.SiloAddress, read.SiloName, read.HostName, read.Status, read.ProxyPort, read.StartTime.ToUniversalTime(), read.IAmAliveTime.ToUniversalTime()));
    }

    [Fact]
    public async Task InsertRow_WithAnOldVersion_DoesNothing()
    {
        var old = (await Table.ReadAll()).Version.Next();
        await InsertAsync(Entry());

        Assert.False(await Table.InsertRow(Entry(), old));

        var data = await Table.ReadAll();
        Assert.Equal(1, data.Version.Version);
        Assert.Single(data.Members);
    }

    [Fact]
    public async Task InsertRow_ThatIsThere_DoesNothing()
    {
        var entry = Entry();
        await InsertAsync(entry);

        Assert.False(await InsertAsync(entry));

        Assert.Equal(1, (await Table.ReadAll()).Version.Version);
    }

    [Fact]
    public async Task InsertRow_ByManyAtOnceWithOneVersion_SucceedsOnce()
    {
        var next = (await Table.ReadAll()).Version.Next();

        var inserted = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Entry()).ToArray().Select(entry => Task.Run(() => Table.InsertRow(entry, next))));

        Assert.Single(inserted, isInserted => isInserted);
        var data = await Table.ReadAll();
        Assert.Equal(1, data.Version.Version);
        Assert.Single(data.Members);
    }

    [Fact]
    public async Task UpdateRow_Afterwards_IsReadAndCountsTheVersionUp()
    {
        var entry = Entry();
        await InsertAsync(entry);
        entry.Status = SiloStatus.Dead;
        var voter = Entry().SiloAddress;
        entry.AddSuspector(voter, s_start);
        entry.AddSuspector(entry.SiloAddress, s_start.AddSeconds(1));

        Assert.True(await UpdateAsync(entry));

        var data = await Table.ReadRow(entry.SiloAddress);
        Assert.Equal(2, data.Version.Version);
        var read = Assert.Single(data.Members).Item1;
        Assert.Equal(SiloStatus.Dead, read.Status);
        Assert.Equal([(voter, s_start), (entry.SiloAddress, s_start.AddSeconds(1))], read.SuspectTimes!.Select(vote => (vote.Item1, vote.Item2)));
    }

    [Fact]
    public async Task UpdateRow_WithAnOldVersion_DoesNothing()
    {
        var entry = Entry();
        await InsertAsync(entry);
        var before = await Table.ReadRow(entry.SiloAddress);
        entry.Status = SiloStatus.ShuttingDown;
        await UpdateAsync(entry);
        entry.Status = SiloStatus.Dead;

        Assert.False(await Table.UpdateRow(entry, before.Members[0].Item2, before.Version.Next()));

        var data = await Table.ReadRow(entry.SiloAddress);
        Assert.Equal((2, SiloStatus.ShuttingDown), (data.Version.Version, data.Members[0].Item1.Status));
    }

    [Fact]
    public async Task UpdateRow_OfNoMember_DoesNothing()
    {
        await InsertAsync(Entry());
        var data = await Table.ReadAll();

        Assert.False(await Table.UpdateRow(Entry(), data.Members[0].Item2, data.Version.Next()));

        Assert.Equal(1, (await Table.ReadAll()).Version.Version);
    }

    [Fact]
    public async Task UpdateRow_ByManyAtOnceWithOneVersion_SucceedsOnce()
    {
        var entries = new[] { Entry(), Entry(), Entry(), Entry(), Entry() };
        foreach (var entry in entries)
            await InsertAsync(entry);
        var data = await Table.ReadAll();

        var updated = await Task.WhenAll(entries.Select(entry => Task.Run(() => Table.UpdateRow(entry, Row(data, entry), data.Version.Next()))));

        Assert.Single(updated, isUpdated => isUpdated);
        Assert.Equal(6, (await Table.ReadAll()).Version.Version);
    }

    [Fact]
    public async Task ReadRow_OfAnotherGeneration_HasTheVersionAlone()
    {
        var entry = Entry();
        await InsertAsync(entry);

        var data = await Table.ReadRow(SiloAddress.New(entry.SiloAddress.Endpoint, entry.SiloAddress.Generation + 1));

        Assert.Equal(1, data.Version.Version);
        Assert.Empty(data.Members);
    }

    [Fact]
    public async Task UpdateIAmAlive_Afterwards_IsReadWithoutANewVersion()
    {
        var entry = Entry();
        await InsertAsync(entry);
        entry.IAmAliveTime = s_start.AddMinutes(5);

        await Table.UpdateIAmAlive(entry);

        var data = await Table.ReadAll();
        Assert.Equal(1, data.Version.Version);
        Assert.Equal(s_start.AddMinutes(5), data.Members[0].Item1.IAmAliveTime.ToUniversalTime());
    }

    [Fact]
    public async Task CleanupDefunctSiloEntries_DeletesTheOldOnesThatAreNotActive()
    {
        MembershipEntry active = Entry(), oldDead = Entry(), newDead = Entry();
        (active.Status, oldDead.Status, newDead.Status) = (SiloStatus.Active, SiloStatus.Dead, SiloStatus.Dead);
        newDead.IAmAliveTime = s_start.AddHours(2);
        foreach (var entry in new[] { active, oldDead, newDead })
            await InsertAsync(entry);

        await Table.CleanupDefunctSiloEntries(s_start.AddHours(1));

        var left = (await Table.ReadAll()).Members.Select(row => row.Item1.SiloAddress);
        Assert.Equal(new[] { active.SiloAddress, newDead.SiloAddress }.Order(), left.Order());
    }

    [Fact]
    public async Task DeleteMembershipTableEntries_OfAnotherCluster_LeavesThisOne()
    {
        await InsertAsync(Entry());
        var (other, owner) = NewTable(Cluster.NewKey());
        using var ownership = owner;
        await other.InitializeMembershipTable(true);

        await other.DeleteMembershipTableEntries(Cluster.NewKey());

        Assert.Single((await Table.ReadAll()).Members);
        Assert.Empty((await other.ReadAll()).Members);
    }

    [Fact]
    public async Task DeleteMembershipTableEntries_OfThisCluster_BeginsAnew()
    {
        await InsertAsync(Entry());

        await Table.DeleteMembershipTableEntries(_clusterId);

        await Table.InitializeMembershipTable(true);
        var data = await Table.ReadAll();
        Assert.Equal(0, data.Version.Version);
        Assert.Empty(data.Members);
    }

    /// <summary>The table of a cluster.</summary>
    protected abstract (IMembershipTable Table, IDisposable Owner) NewTable(string clusterId);

    private static string Row(MembershipTableData data, MembershipEntry entry) => data.TryGet(entry.SiloAddress)!.Item2;

    private async Task<bool> InsertAsync(MembershipEntry entry) => await Table.InsertRow(entry, (await Table.ReadAll()).Version.Next());

    private async Task<bool> UpdateAsync(MembershipEntry entry)
    {
        var data = await Table.ReadRow(entry.SiloAddress);
        return await Table.UpdateRow(entry, Row(data, entry), data.Version.Next());
    }

    private MembershipEntry Entry() => new()
    {
        SiloAddress = SiloAddress.New(IPAddress.Loopback, 20_000 + Interlocked.Increment(ref _silos), 17),
        SiloName = $"silo-{_silos}",
        HostName = "host",
        Status = SiloStatus.Joining,
        ProxyPort = 30_000,
        StartTime = s_start,
        IAmAliveTime = s_start,
    };
}
