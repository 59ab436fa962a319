using Orleans.Runtime;
using static Engine.Tests.Placement.HandOverFixture;

namespace Engine.Tests.Placement;

/// <summary>Silo 1 is the one under test.</summary>
public sealed class HandOverTests : IDisposable
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(5);
    private readonly HandOverFixture _silo = new();
    private readonly GrainId _stays = Grain(1, [1, 2], (1, [1, 2, 3]), (1, [1, 3]));
    private readonly GrainId _comesFrom3 = Grain(3, [1, 2, 3], (1, [1, 2]));
    private readonly GrainId _comesFrom2 = Grain(2, [2, 3], (1, [1, 2, 3]));

    private HandOver HandOver => _silo.HandOver;

    [Fact]
    public void Gate_OfASiloAlone_IsOpen()
    {
        _silo.Show([1]);

        Assert.Null(HandOver.Gate(_stays));
    }

    [Fact]
    public void Gate_OfAGrainThatStays_IsOpen()
    {
        Settled([1, 2, 3]);

        _silo.Show([1, 2]);

        Assert.Null(HandOver.Gate(_stays));
    }

    [Fact]
    public void Gate_OfAGrainThatCame_OpensWhenAllLiveSilosHaveInstalledTheView()
    {
        Settled([1, 2, 3]);
        var version = _silo.Show([1, 2], leaving: 3);
        var gate = HandOver.Gate(_comesFrom3);
        Assert.NotNull(gate);

        HandOver.Heard(Silo(2), version);
        HandOver.Heard(Silo(3), version - 1);
        Assert.False(gate.IsCompleted);
        HandOver.Heard(Silo(3), version);

        Assert.True(gate.IsCompletedSuccessfully);
        Assert.Null(HandOver.Gate(_comesFrom3));
    }

    [Fact]
    public void Gate_WhenOthersAreFurtherAlready_IsOpen()
    {
        Settled([1, 2, 3]);
        HandOver.Heard(Silo(2), 100);

        _silo.Show([1, 2]);

        Assert.Null(HandOver.Gate(_comesFrom3));
    }

    [Fact]
    public void Gate_OfASiloThatJoins_OpensWhenTheOthersHaveLetGo()
    {
        _silo.Show([2, 3]);
        var version = _silo.Show([1, 2, 3]);
        var gate = HandOver.Gate(_comesFrom2);
        Assert.NotNull(gate);

        HandOver.Heard(Silo(2), version);
        Assert.False(gate.IsCompleted);
        HandOver.Heard(Silo(3), version);

        Assert.True(gate.IsCompletedSuccessfully);
    }

    [Fact]
    public void Gate_WhenASiloDoesNotSay_OpensAfterTheTimeout()
    {
        Settled([1, 2, 3]);
        _silo.Show([1, 2]);
        var gate = HandOver.Gate(_comesFrom3)!;

        _silo.Time.Advance(s_timeout - TimeSpan.FromMilliseconds(1));
        Assert.False(gate.IsCompleted);
        _silo.Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.True(gate.IsCompletedSuccessfully);
        Assert.Null(HandOver.Gate(_comesFrom3));
    }

    [Fact]
    public void Renewal_OfWhatWasActivatedAfterTheTimeout_ComesWhenTheLateSiloHasLetGo()
    {
        Settled([1, 2, 3]);
        var version = _silo.Show([1, 2], leaving: 3);
        HandOver.Heard(Silo(2), version);
        _silo.Time.Advance(s_timeout);
        Assert.Empty(_silo.Renewed);

        HandOver.Heard(Silo(3), version);
        HandOver.Heard(Silo(3), version + 1);

        var which = Assert.Single(_silo.Renewed);
        Assert.True(which(_comesFrom3));
        Assert.False(which(_stays));
    }

    [Fact]
    public void Renewal_WhenTheLateSiloIsDead_ComesToo()
    {
        Settled([1, 2, 3]);
        var version = _silo.Show([1, 2], leaving: 3);
        HandOver.Heard(Silo(2), version + 1);
        _silo.Time.Advance(s_timeout);

        _silo.Show([1, 2]);

        Assert.True(Assert.Single(_silo.Renewed)(_comesFrom3));
    }

    [Fact]
    public void Gate_WhenTheSilentSiloIsDeclaredDead_OpensAtOnce()
    {
        Settled([1, 2, 3]);
        var version = _silo.Show([1, 2], leaving: 3);
        HandOver.Heard(Silo(2), version + 1);
        var gate = HandOver.Gate(_comesFrom3)!;
        Assert.False(gate.IsCompleted);

        _silo.Show([1, 2]);

        Assert.True(gate.IsCompletedSuccessfully);
    }

    [Fact]
    public void Gate_BesideASiloThatHasJustJoined_IsNotKeptByIt()
    {
        var came = Grain(3, [1, 2, 3], (1, [1, 2]), (1, [1, 2, 4]));
        Settled([1, 2, 3]);
        var version = _silo.Show([1, 2, 4]);
        var gate = HandOver.Gate(came)!;

        HandOver.Heard(Silo(2), version);

        Assert.True(gate.IsCompletedSuccessfully);
    }

    [Fact]
    public void Gate_OfASiloThatJoinsBesideAnother_WaitsForThatToo()
    {
        _silo.Show([2, 3]);
        var version = _silo.Show([1, 2, 3, 4]);
        var gate = HandOver.Gate(Grain(2, [2, 3], (1, [1, 2, 3, 4])))!;

        HandOver.Heard(Silo(2), version);
        HandOver.Heard(Silo(3), version);
        Assert.False(gate.IsCompleted);
        HandOver.Heard(Silo(4), version);

        Assert.True(gate.IsCompletedSuccessfully);
    }

    [Fact]
    public void Gate_BesideASiloThatCrashedLongAgo_IsNotKeptByIt()
    {
        Settled([1, 2, 3]);
        _silo.Crashed.Add(Silo(3));
        var version = _silo.Show([1, 2], leaving: 3);
        var gate = HandOver.Gate(_comesFrom3)!;

        HandOver.Heard(Silo(2), version);

        Assert.True(gate.IsCompletedSuccessfully);
    }

    [Fact]
    public void Gate_WhenTheClusterChangesAgain_IsThatOfTheViewInWhichTheGrainCame()
    {
        var came = Grain(3, [1, 2, 3], (1, [1, 2]), (1, [1, 2, 4]));
        Settled([1, 2, 3]);
        var version = _silo.Show([1, 2]);
        var gate = HandOver.Gate(came)!;
        _silo.Time.Advance(s_timeout / 2);
        _silo.Show([1, 2, 4]);
        Assert.Same(gate, HandOver.Gate(came));

        HandOver.Heard(Silo(4), version + 1);
        Assert.False(gate.IsCompleted);
        _silo.Time.Advance(s_timeout / 2);

        Assert.True(gate.IsCompletedSuccessfully);
    }

    [Fact]
    public void Gate_OfAGrainThatWentAndCameBack_Waits()
    {
        var came = Grain(1, [1, 2], (4, [1, 2, 4]));
        var settled = Grain(1, [1, 2], (1, [1, 2, 4]));
        var version = _silo.Show([1, 2]);
        HandOver.Heard(Silo(2), version);
        _silo.Show([1, 2, 4]);
        var last = _silo.Show([1, 2], leaving: 4);

        var gate = HandOver.Gate(came);
        Assert.NotNull(gate);
        Assert.Null(HandOver.Gate(settled));
        HandOver.Heard(Silo(2), last);
        HandOver.Heard(Silo(4), last);
        Assert.True(gate.IsCompletedSuccessfully);
    }

    [Fact]
    public void Gate_OfAGrainOfAnotherSilo_IsOpen()
    {
        Settled([1, 2]);
        _silo.Show([1, 2, 3]);

        // Whoever asks finds out that it does not own it.
        Assert.Null(HandOver.Gate(Grain(3, [1, 2, 3])));
    }

    [Fact]
    public void Announcement_ComesToAllLiveSilosWhenEverythingLostIsGone()
    {
        Settled([1, 2]);
        _silo.HoldsActivations = true;
        _silo.Announced.Clear();
        var version = _silo.Show([1, 2, 3], leaving: 4);
        Assert.Empty(_silo.Announced);
        Assert.True(HandOver.Installed < version);

        _silo.LettingGo[version].SetResult();

        Assert.Equal([(Silo(2), version), (Silo(3), version), (Silo(4), version)], _silo.Announced.Order());
        Assert.Equal(version, HandOver.Installed);
    }

    [Fact]
    public void Announcement_OfAnOlderViewThatIsDoneLater_IsNotMade()
    {
        _silo.HoldsActivations = true;
        var first = _silo.Show([1, 2, 3]);
        var second = _silo.Show([1, 2]);
        _silo.LettingGo[second].SetResult();
        _silo.Announced.Clear();

        _silo.LettingGo[first].SetResult();

        Assert.Empty(_silo.Announced);
        Assert.Equal(second, HandOver.Installed);
    }

    public void Dispose() => _silo.Dispose();

    private void Settled(int[] active)
    {
        var version = _silo.Show(active);
        foreach (var port in active)
            HandOver.Heard(Silo(port), version);
        Assert.Null(HandOver.Gate(_stays));
    }
}
