using Orleans.Behaviours.Support;
using Orleans.Storage;

namespace Orleans.Behaviours.States;

public sealed class PersistentStateTests(Cluster cluster)
{
    private readonly string _key = Cluster.NewKey();

    private INoteGrain Grain => cluster.Client.GetGrain<INoteGrain>(_key);

    [Fact]
    public async Task State_OfANewGrain_IsEmptyAndHasNoRecord()
    {
        Assert.Equal((false, false, 0), await Grain.Facts());
        Assert.Null(await Grain.Text());
    }

    [Fact]
    public async Task State_OfAnActivation_IsReadBeforeOnActivate()
    {
        await Grain.Write("first");
        await Grain.SetOther("second");

        await StartAgain();

        Assert.Equal("first", await Grain.Text());
        Assert.Equal(["activated with nothing, nothing injected", "activated with first, second injected"], Trace.Of(_key).Entries);
    }

    [Fact]
    public async Task WriteState_Afterwards_HasARecordAndAnotherETag()
    {
        await Grain.Write("first");
        Assert.Equal((true, true, 2), await Grain.Facts());
        var first = await Grain.ETag();

        await Grain.Write("second");

        Assert.NotEqual(first, await Grain.ETag());
    }

    [Fact]
    public async Task State_ThatWasNotWritten_IsLostWithTheActivation()
    {
        await Grain.Write("written");
        await Grain.Set("not written");

        await StartAgain();

        Assert.Equal("written", await Grain.Text());
    }

    [Fact]
    public async Task ReadState_AfterAChangeInMemory_BringsTheStoredStateBack()
    {
        await Grain.Write("written");

        Assert.Equal("written", await Grain.SetAndRead("changed"));
    }

    [Fact]
    public async Task ReadState_WithoutARecord_BringsAnEmptyState() => Assert.Null(await Grain.SetAndRead("changed"));

    [Fact]
    public async Task ClearState_Afterwards_IsEmptyAndHasNoRecord()
    {
        await Grain.Write("written");

        await Grain.Clear();

        Assert.Equal((false, false, 0), await Grain.Facts());
        await StartAgain();
        Assert.Null(await Grain.Text());
    }

    [Fact]
    public async Task ClearState_ThenWriteState_HasARecordAgain()
    {
        await Grain.Write("written");
        await Grain.Clear();

        await Grain.Write("again");

        Assert.Equal((true, true, 2), await Grain.Facts());
    }

    [Fact]
    public async Task WriteState_OverAnotherWrite_ThrowsAndDeactivates()
    {
        await Grain.SetOther("ours");
        var activation = await Grain.Activation();
        CustomStorage.Overwrite(_key, "theirs");

        var exception = await Assert.ThrowsAsync<InconsistentStateException>(() => Grain.SetOther("ours again"));

        Assert.Equal(("2", "1"), (exception.StoredEtag, exception.CurrentEtag));
        Assert.NotEqual(activation, await Grain.Activation());
        Assert.Equal("theirs", await Grain.OtherText());
    }

    [Fact]
    public async Task WriteState_WhenTheStorageFails_ThrowsWithTheCause()
    {
        CustomStorage.FailNextWrite(_key, new IOException("the disk"));

        var exception = await Assert.ThrowsAsync<OrleansException>(() => Grain.SetOther("lost"));

        Assert.Equal("the disk", Assert.IsType<IOException>(exception.InnerException).Message);
    }

    [Fact]
    public async Task WriteState_AfterAFailure_GoesOnInTheSameActivation()
    {
        var activation = await Grain.Activation();
        CustomStorage.FailNextWrite(_key, new IOException("the disk"));
        await Assert.ThrowsAsync<OrleansException>(() => Grain.SetOther("lost"));

        await Grain.SetOther("kept");

        Assert.Equal(activation, await Grain.Activation());
        Assert.Equal("kept", await Grain.OtherText());
    }

    [Fact]
    public void CustomStorage_ThatIsALifecycleParticipant_IsStartedWithItsSilo() => Assert.True(CustomStorage.HasStarted);

    [Fact]
    public async Task Activation_WithAnUnknownStorage_FailsAndNamesIt()
    {
        var exception = await Assert.ThrowsAnyAsync<Exception>(cluster.NewGrain<IHomelessGrain>().Nothing);

        Assert.Contains("no such storage", exception.ToString(), StringComparison.Ordinal);
    }

    private async Task StartAgain()
    {
        var activation = await Grain.Activation();
        await Grain.Deactivate();
        Assert.NotEqual(activation, await Grain.Activation());
    }
}
