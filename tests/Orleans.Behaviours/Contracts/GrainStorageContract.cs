using Orleans.Behaviours.AdoNet;
using Orleans.Storage;

namespace Orleans.Behaviours.Contracts;

/// <summary>What every storage of grain states does.</summary>
public abstract class GrainStorageContract
{
    private const string Name = "state";

    private readonly GrainId _grain = GrainId.Create("contract", Guid.CreateVersion7().ToString("N"));

    protected abstract IGrainStorage Storage { get; }

    public static TheoryData<string> Keys => new(
        Guid.CreateVersion7().ToString("N"), "0", "7F", "-1", "some text", "text/with+signs'and \"quotes\"", "ümläut", new string('x', 120));

    [Fact]
    public async Task Read_WithoutARecord_IsEmpty()
    {
        var state = await ReadAsync();

        Assert.Equal((false, null), (state.RecordExists, state.ETag));
    }

    [Fact]
    public async Task Write_Afterwards_IsReadWithItsETag()
    {
        var written = NewState("first");
        await Storage.WriteStateAsync(Name, _grain, written);

        var read = await ReadAsync();

        Assert.Equal("first", read.State!.Text);
        Assert.Equal(5, read.State!.Numbers["five"]);
        Assert.True(read.RecordExists);
        Assert.NotNull(read.ETag);
        Assert.Equal(written.ETag, read.ETag);
    }

    [Fact]
    public async Task Write_AgainAndAgain_ChangesTheETagEachTime()
    {
        var state = NewState("text");
        var tags = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 5; i++)
        {
            await Storage.WriteStateAsync(Name, _grain, state);
            tags.Add(state.ETag!);
        }

        Assert.Equal(5, tags.Count);
    }

    [Fact]
    public async Task Write_OverAWriteItHasNotRead_ThrowsAndLeavesIt()
    {
        var ours = NewState("ours");
        await Storage.WriteStateAsync(Name, _grain, ours);
        var theirs = await ReadAsync();
        theirs.State!.Text = "theirs";
        await Storage.WriteStateAsync(Name, _grain, theirs);

        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.WriteStateAsync(Name, _grain, ours));

        Assert.Equal("theirs", (await ReadAsync()).State!.Text);
    }

    [Fact]
    public async Task Write_FirstTwice_ThrowsTheSecondTime()
    {
        await Storage.WriteStateAsync(Name, _grain, NewState("first"));

        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.WriteStateAsync(Name, _grain, NewState("second")));

        Assert.Equal("first", (await ReadAsync()).State!.Text);
    }

    [Fact]
    public async Task Write_FirstByManyAtOnce_SucceedsOnce()
    {
        var winners = await RaceAsync(i => Storage.WriteStateAsync(Name, _grain, NewState(i)));

        Assert.Equal(Assert.Single(winners), (await ReadAsync()).State!.Text);
    }

    [Fact]
    public async Task Write_OfOneVersionByManyAtOnce_SucceedsOnce()
    {
        var first = NewState("first");
        await Storage.WriteStateAsync(Name, _grain, first);

        var winners = await RaceAsync(i => Storage.WriteStateAsync(Name, _grain, new GrainState<Saved>(new Saved { Text = i }, first.ETag)));

        Assert.Equal(Assert.Single(winners), (await ReadAsync()).State!.Text);
    }

    [Fact]
    public async Task Clear_Afterwards_ThereIsNoRecord()
    {
        var state = NewState("first");
        await Storage.WriteStateAsync(Name, _grain, state);

        await Storage.ClearStateAsync(Name, _grain, state);

        Assert.False(state.RecordExists);
        var read = await ReadAsync();
        Assert.False(read.RecordExists);
        Assert.Equal("", read.State?.Text ?? "");
    }

    [Fact]
    public async Task Clear_ThenWrite_HasARecordAgain()
    {
        var state = NewState("first");
        await Storage.WriteStateAsync(Name, _grain, state);
        await Storage.ClearStateAsync(Name, _grain, state);

        state.State = new Saved { Text = "second" };
        await Storage.WriteStateAsync(Name, _grain, state);

        Assert.Equal("second", (await ReadAsync()).State!.Text);
    }

    [Fact]
    public async Task Clear_WithoutARecord_IsNoError()
    {
        var state = NewState("never written");

        await Storage.ClearStateAsync(Name, _grain, state);

        Assert.False(state.RecordExists);
        Assert.False((await ReadAsync()).RecordExists);
    }

    [Fact]
    public async Task Clear_OverAWriteItHasNotRead_ThrowsAndLeavesIt()
    {
        var state = NewState("first");
        await Storage.WriteStateAsync(Name, _grain, state);
        var old = new GrainState<Saved>(new Saved(), state.ETag) { RecordExists = true };
        state.State!.Text = "second";
        await Storage.WriteStateAsync(Name, _grain, state);

        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.ClearStateAsync(Name, _grain, old));

        Assert.Equal("second", (await ReadAsync()).State!.Text);
    }

    [Fact]
    public async Task States_OfOneGrain_AreApartByTheirNames()
    {
        await Storage.WriteStateAsync("one", _grain, NewState("one"));
        await Storage.WriteStateAsync("two", _grain, NewState("two"));

        var read = new GrainState<Saved>(new Saved());
        await Storage.ReadStateAsync("one", _grain, read);
        Assert.Equal("one", read.State!.Text);
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task Grains_WithAnyKey_HaveTheirOwnStates(string key)
    {
        var prefix = Guid.CreateVersion7().ToString("N");
        GrainId[] grains = [GrainId.Create($"{prefix}.a", key), GrainId.Create($"{prefix}.a", key + "1")];
        foreach (var grain in grains)
            await Storage.WriteStateAsync(Name + prefix, grain, NewState(grain.ToString()));

        foreach (var grain in grains)
        {
            var read = new GrainState<Saved>(new Saved());
            await Storage.ReadStateAsync(Name + prefix, grain, read);
            Assert.Equal(grain.ToString(), read.State!.Text);
        }
    }

    private static GrainState<Saved> NewState(string text) => new(new Saved { Text = text, Numbers = { ["five"] = 5 } });

    private static async Task<List<string>> RaceAsync(Func<string, Task> write)
    {
        var tries = Enumerable.Range(0, 10).Select(i => $"try {i}").Select(i => (Name: i, Task: Task.Run(() => write(i)))).ToArray();
        var winners = new List<string>();
        foreach (var (name, task) in tries)
        {
            if (await Record.ExceptionAsync(() => task) is not { } exception)
                winners.Add(name);
            else
                Assert.IsType<InconsistentStateException>(exception);
        }

        return winners;
    }

    private async Task<GrainState<Saved>> ReadAsync()
    {
        var state = new GrainState<Saved>(new Saved());
        await Storage.ReadStateAsync(Name, _grain, state);
        return state;
    }
}
