using Crescent.ApiHost.Grains;
using Crescent.GrainInterfaces;
using Crescent.GrainInterfaces.Users;
using Microsoft.Extensions.Options;
using NSubstitute;

namespace Crescent.ApiHost.Tests.Grains;

public sealed class GrainCallsTests
{
    readonly ManualTime _time = new();
    readonly Link _link = new();
    readonly GrainCalls _calls;
    int _made;

    public GrainCallsTests() =>
        _calls = new GrainCalls(Substitute.For<IGrainFactory>(), _link, Options.Create(new GrainCallOptions()), _time);

    [Fact]
    public async Task CallAsync_ThatIsAnswered_IsMadeOnce()
    {
        Assert.Equal("answer", await CallAsync(_ => Task.FromResult("answer")));
        Assert.Equal(1, _made);
    }

    [Fact]
    public async Task CallAsync_ThatIsNotAnswered_IsMadeTwiceAndGivenFiveSecondsEach()
    {
        var call = CallAsync(NeverAsync);

        var waited = await AdvanceUntilEndedAsync(call);

        await Assert.ThrowsAsync<GrainUnavailableException>(() => call);
        Assert.Equal(TimeSpan.FromSeconds(10), waited);
        Assert.Equal(2, _made);
    }

    [Fact]
    public async Task CallAsync_ThatIsRefusedWhileASiloIsMissing_IsMadeAgainUntilItIsAnswered()
    {
        var call = CallAsync(_ => _time.GetUtcNow() < Start + TimeSpan.FromSeconds(4)
            ? Task.FromException<string>(new SiloUnavailableException())
            : Task.FromResult("answer"));

        var waited = await AdvanceUntilEndedAsync(call);

        Assert.Equal("answer", await call);
        Assert.InRange(waited, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task CallAsync_ThatIsRefusedForGood_EndsWithinTwoTimesFiveSeconds()
    {
        var call = CallAsync(_ => Task.FromException<string>(new AggregateUnavailableException()));

        var waited = await AdvanceUntilEndedAsync(call);

        await Assert.ThrowsAsync<GrainUnavailableException>(() => call);
        Assert.InRange(waited, TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task CallAsync_WhenThereIsNoSiloAtAll_EndsAtOnce()
    {
        _link.IsLost = true;

        await Assert.ThrowsAsync<GrainUnavailableException>(() => CallAsync(_ => Task.FromException<string>(new SiloUnavailableException())));
        Assert.Equal(2, _made);
    }

    [Fact]
    public async Task CallAsync_ThatFailsWithABug_IsNotMadeAgain()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => CallAsync(_ => Task.FromException<string>(new InvalidOperationException())));
        Assert.Equal(1, _made);
    }

    [Fact]
    public async Task CallAsync_WhoseClientGivesUp_IsNotMadeAgain()
    {
        using var client = new CancellationTokenSource();
        var call = CallForAsync(NeverAsync, client.Token);
        await client.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(1, _made);
    }

    static Task<string> NeverAsync(CancellationToken ct) => new TaskCompletionSource<string>().Task.WaitAsync(ct);

    static DateTimeOffset Start => new ManualTime().GetUtcNow();

    Task<string> CallAsync(Func<CancellationToken, Task<string>> grain) => CallForAsync(grain, TestContext.Current.CancellationToken);

    Task<string> CallForAsync(Func<CancellationToken, Task<string>> grain, CancellationToken client) =>
        _calls.CallAsync<IUserGrain, string>("key", (_, token) =>
        {
            _made++;
            return grain(token);
        }, client);

    async Task<TimeSpan> AdvanceUntilEndedAsync(Task call)
    {
        while (!call.IsCompleted)
        {
            if (await Task.WhenAny(call, _time.WhenArmedAsync()) == call) break;
            await _time.AdvanceToNextAsync(TestContext.Current.CancellationToken);
        }

        return _time.GetUtcNow() - Start;
    }

    sealed class Link : ISiloLink
    {
        public bool IsLost { get; set; }
    }
}
