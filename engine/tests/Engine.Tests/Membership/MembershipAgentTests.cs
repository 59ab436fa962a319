using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Serialization;

namespace Engine.Tests.Membership;

/// <summary>How a silo carries out what the protocol wants.</summary>
public sealed class MembershipAgentTests : IDisposable
{
    private readonly AgentFixture _silo = new();

    [Fact]
    public async Task Start_OfTheFirstSilo_NeedsNoTimeAndShowsEachStep()
    {
        var shown = new List<SiloStatus?>();
        _silo.Agent.Changed += view => shown.Add(view.Find(_silo.SiloAddress)?.Status);

        await _silo.StartAsync();

        Assert.Equal([null, SiloStatus.Joining, SiloStatus.Active], shown);
        Assert.Equal(2, _silo.Agent.Current.Version);
        Assert.Equal(_silo.SiloAddress, _silo.Agent.Current.OwnerOf(GrainId.Create("a", "b")));
    }

    [Fact]
    public async Task Stop_ShowsEachStep()
    {
        await _silo.StartAsync();
        var shown = new List<SiloStatus?>();
        _silo.Agent.Changed += view => shown.Add(view.Find(_silo.SiloAddress)?.Status);

        await _silo.StopAsync();

        Assert.Equal([SiloStatus.ShuttingDown, SiloStatus.Stopping, SiloStatus.Dead], shown);
        Assert.Null(_silo.Failure);
    }

    [Fact]
    public async Task Stop_WithoutTheTable_EndsNevertheless()
    {
        await _silo.StartAsync();
        _silo.Table.IsLost = true;

        var stopped = _silo.StopAsync();
        while (!stopped.IsCompleted)
            await _silo.Time.AdvanceToNextAsync(TestContext.Current.CancellationToken);

        await stopped;
    }

    [Fact]
    public async Task Start_WithoutTheTable_Fails()
    {
        _silo.Table.IsLost = true;

        await Assert.ThrowsAsync<IOException>(_silo.StartAsync);
    }

    [Fact]
    public async Task Start_BesideOneThatDoesNotAnswer_FailsAndNamesIt()
    {
        var other = Other(SiloStatus.Active);
        await _silo.Table.ChangeAsync(other);

        var started = _silo.StartAsync();
        while (!started.IsCompleted)
        {
            other.IAmAliveTime = _silo.Time.GetUtcNow().UtcDateTime;
            await _silo.Table.Inner.UpdateIAmAlive(other);
            _silo.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        var failure = await Assert.ThrowsAsync<OrleansException>(() => started);
        Assert.Contains(other.SiloAddress.ToString(), failure.Message);
    }

    [Fact]
    public async Task Row_ThatBecomesDead_EndsTheProcessWithTheReason()
    {
        await _silo.StartAsync();
        var row = (await _silo.Table.ReadAll()).TryGet(_silo.SiloAddress)!.Item1;
        row.Status = SiloStatus.Dead;
        row.AddSuspector(Other(SiloStatus.Active).SiloAddress, _silo.Time.GetUtcNow().UtcDateTime);
        await _silo.Table.ChangeAsync(row);

        _silo.Agent.Heard(3);

        Assert.Contains("dead", _silo.Failure);
        Assert.Contains("12345", _silo.Failure);
        Assert.True(_silo.Agent.IsSuspended);
    }

    [Fact]
    public async Task IsSuspended_WithoutTheTable_FromTheEndOfTheLeaseUntilItIsBack()
    {
        await _silo.StartAsync();
        _silo.Table.IsLost = true;
        _silo.Time.Advance(TimeSpan.FromSeconds(2.9));
        Assert.False(_silo.Agent.IsSuspended);
        _silo.Time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.True(_silo.Agent.IsSuspended);

        _silo.Table.IsLost = false;
        _silo.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.False(_silo.Agent.IsSuspended);
        Assert.Null(_silo.Failure);
    }

    [Fact]
    public async Task IsSuspended_WithATableInMemory_IsNever()
    {
        using var silo = new AgentFixture(new MemoryMembershipTable());
        await silo.StartAsync();

        silo.Time.Advance(TimeSpan.FromDays(1));

        Assert.False(silo.Agent.IsSuspended);
    }

    [Fact]
    public async Task Refresh_ToAVersionThatOthersKnow_ReadsIt()
    {
        await _silo.StartAsync();
        await _silo.Table.ChangeAsync(Other(SiloStatus.Joining));

        await _silo.Agent.RefreshAsync(3, TestContext.Current.CancellationToken);

        Assert.Equal(3, _silo.Agent.Current.Version);
    }

    [Fact]
    public async Task Refresh_ToAVersionThatIsNotThere_EndsAfterReading()
    {
        await _silo.StartAsync();

        await _silo.Agent.RefreshAsync(99, TestContext.Current.CancellationToken);

        Assert.Equal(2, _silo.Agent.Current.Version);
    }

    [Fact]
    public async Task Refresh_WithoutTheTable_EndsAfterTheAttempt()
    {
        await _silo.StartAsync();
        _silo.Table.IsLost = true;

        await _silo.Agent.RefreshAsync(99, TestContext.Current.CancellationToken);

        Assert.Equal(2, _silo.Agent.Current.Version);
    }

    [Fact]
    public async Task Kill_WritesNothingAndReadsNothing()
    {
        await _silo.StartAsync();
        await _silo.Agent.KillAsync();
        var written = (await _silo.Table.ReadAll()).Version;

        _silo.Time.Advance(TimeSpan.FromHours(1));
        await _silo.StopAsync();

        Assert.Equal(written, (await _silo.Table.ReadAll()).Version);
        Assert.Equal(2, _silo.Agent.Current.Version);
    }

    [Fact]
    public async Task Gossip_AfterOwnChanges_GoesToTheOthers()
    {
        var other = Other(SiloStatus.Joining);
        await _silo.Table.ChangeAsync(other);

        await _silo.StartAsync();

        Assert.Equal([(other.SiloAddress, 2), (other.SiloAddress, 3)], _silo.Gossiped);
    }

    [Fact]
    public async Task TableData_ThroughTheSerializer_IsTheSame()
    {
        await _silo.StartAsync();
        var row = (await _silo.Table.ReadAll()).TryGet(_silo.SiloAddress)!.Item1;
        row.AddSuspector(Other(SiloStatus.Active).SiloAddress, _silo.Time.GetUtcNow().UtcDateTime);
        await _silo.Table.ChangeAsync(row);
        using var services = new ServiceCollection().AddSerializer().BuildServiceProvider();
        var serializer = services.GetRequiredService<Serializer>();

        var table = await _silo.Table.ReadAll();
        var copy = serializer.Deserialize<TableReply>(serializer.SerializeToArray(new TableReply(IsDone: true, table))).Data!;

        Assert.Equal(table.Version, copy.Version);
        Assert.Equal(table.Members.Select(member => (member.Item1.ToFullString(), member.Item2)), copy.Members.Select(member => (member.Item1.ToFullString(), member.Item2)));
    }

    public void Dispose() => _silo.Dispose();

    private MembershipEntry Other(SiloStatus status) => new()
    {
        SiloAddress = SiloAddress.New(IPAddress.Loopback, 12_345, 1),
        Status = status,
        SiloName = "other",
        HostName = "there",
        StartTime = _silo.Time.GetUtcNow().UtcDateTime,
        IAmAliveTime = _silo.Time.GetUtcNow().UtcDateTime,
    };
}
