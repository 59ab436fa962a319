using System.Collections.Immutable;
using Crescent.EventStore.PersonalData;
using static Crescent.EventStore.Tests.Sample;

namespace Crescent.EventStore.Tests.Contract;

/// <summary>What every event store does with personal data, before and after its erasure.</summary>
public abstract class PersonalDataContract<TFixture> : IDisposable where TFixture : StoreFixture, new()
{
    readonly TFixture _fixture = new();
    readonly string _member = Guid.CreateVersion7().ToString();
    readonly StreamName _stream = NewStream();

    IEventStore Store => _fixture.Store;

    IPersonalKeys Keys => _fixture.Keys;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _fixture.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Read_PersonalEvent_IsAsItWasAppended()
    {
        await Store.AppendAsync(Request(_stream, 0, Joined(_member)), Ct);

        Assert.Equal(Joined(_member), await ReadJoined());
    }

    [Fact]
    public async Task Read_AfterDestroy_IsErasedAndKeepsTheRest()
    {
        await Store.AppendAsync(Request(_stream, 0, Joined(_member)), Ct);
        await Keys.DestroyAsync(_member, Ct);

        Assert.Equal(
            new SampleEvent.Joined(_member, "[erased]", 0, null, new SampleContact("mail", "[erased]")),
            await ReadJoined());
    }

    [Fact]
    public async Task Read_AfterDestroyOfAnother_IsUntouched()
    {
        await Store.AppendAsync(Request(_stream, 0, Joined(_member)), Ct);
        await Store.AppendAsync(Request(NewStream(), 0, Joined("somebody else")), Ct);
        await Keys.DestroyAsync("somebody else", Ct);

        Assert.Equal(Joined(_member), await ReadJoined());
    }

    [Fact]
    public async Task Append_AfterDestroy_StoresNothingPersonal()
    {
        await Keys.DestroyAsync(_member, Ct);
        await Store.AppendAsync(Request(_stream, 0, Joined(_member)), Ct);

        Assert.Equal("[erased]", (await ReadJoined()).Name);
        Assert.True((await Keys.GetOrCreateAsync(_member, Ct)).IsDestroyed);
    }

    [Fact]
    public async Task ReadSnapshot_AfterDestroy_IsErased()
    {
        await Store.WriteSnapshotAsync(
            new Snapshot<SampleState>(_stream, 1, new SampleState(_member, "Ada", ImmutableDictionary<string, int>.Empty)), Ct);
        await Keys.DestroyAsync(_member, Ct);

        Assert.Equal("[erased]", (await Store.ReadSnapshotAsync<SampleState>(_stream, Ct))!.State.Name);
    }

    [Fact]
    public async Task Append_NoSubjectButPersonalValue_IsALoudFailure() =>
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await Store.AppendAsync(Request(_stream, 0, Joined("")), Ct));

    [Fact]
    public async Task GetOrCreate_ManyAtOnce_GivesOneKey()
    {
        var keys = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Keys.GetOrCreateAsync(_member, Ct).AsTask()));

        var sealedText = keys[0].Protect("secret");
        Assert.All(keys, key => Assert.Equal("secret", key.UnprotectText(sealedText)));
    }

    [Fact]
    public async Task Destroy_KeyInHand_OpensNothingAnyMore()
    {
        var key = await Keys.GetOrCreateAsync(_member, Ct);
        var sealedText = key.Protect("secret");

        await Keys.DestroyAsync(_member, Ct);
        await Keys.DestroyAsync(_member, Ct);

        Assert.True(key.IsDestroyed);
        Assert.Equal(PersonalKey.Erased, key.UnprotectText(sealedText));
        Assert.Equal(PersonalKey.Erased, key.Protect("more"));
    }

    [Fact]
    public async Task Find_KnownAndUnknown_AnswersTheKnown()
    {
        await Keys.GetOrCreateAsync(_member, Ct);
        await Keys.DestroyAsync("gone", Ct);

        var found = await Keys.FindAsync([_member, "gone", "never seen"], Ct);

        Assert.Equal([("gone", true), (_member, false)], found.Values.Select(key => (key.SubjectId, key.IsDestroyed)).OrderByDescending(key => key.IsDestroyed));
    }

    async Task<SampleEvent.Joined> ReadJoined() =>
        Assert.IsType<SampleEvent.Joined>(Assert.Single(await Store.ReadStreamAsync(_stream, 0, 10, Ct)).Event);
}
