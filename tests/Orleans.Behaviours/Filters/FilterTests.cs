using Orleans.Behaviours.Support;

namespace Orleans.Behaviours.Filters;

public sealed class FilterTests(Cluster cluster)
{
    private static readonly string[] s_order = ["first in", "second in", "grain in", "method", "grain out", "second out", "first out"];
    private readonly string _key = Cluster.NewKey();

    private IFilteredGrain Grain => cluster.Client.GetGrain<IFilteredGrain>(_key);

    private IFilterCallerGrain Caller => cluster.Client.GetGrain<IFilterCallerGrain>(_key);

    [Fact]
    public async Task IncomingFilters_WrapTheMethod_InTheOrderOfRegistrationAndTheGrainLast()
    {
        Assert.Equal(5, await Grain.Add(2, 3));

        Assert.Equal(s_order, Trace.Of(_key).Entries);
    }

    [Fact]
    public async Task OutgoingFilters_OfGrains_WrapTheIncomingOnes()
    {
        Assert.Equal(5, await Caller.Add(_key, 2, 3));

        var order = await Trace.Of(_key).WhenContains("outgoing out");
        Assert.Equal(["outgoing in", .. s_order, "outgoing out"], order);
    }

    [Fact]
    public async Task IncomingContext_Members_DescribeTheCall()
    {
        var text = Cluster.NewKey();

        await Caller.Describe(_key, text);

        var name = typeof(IFilteredGrain).FullName;
        Assert.Equal(
            $"IFilteredGrain.Describe is Describe of {name}; {_key} to {_key}; 1 argument of Describe in IFilteredGrain; "
            + $"method Describe, activity IFilteredGrain/Describe, timeout ; result none; in FilteredGrain.Describe of {_key}, grain FilteredGrain",
            Trace.Of(text).Entries[1]);
    }

    [Fact]
    public async Task OutgoingContext_Members_DescribeTheCall()
    {
        var text = Cluster.NewKey();

        await Caller.Describe(_key, text);

        var name = typeof(IFilteredGrain).FullName;
        Assert.Equal(
            $"IFilteredGrain.Describe is Describe of {name}; {_key} to {_key}; 1 argument of Describe in IFilteredGrain; "
            + $"method Describe, activity IFilteredGrain/Describe, timeout ; result none; from {_key}, grain True",
            Trace.Of(text).Entries[0]);
    }

    [Fact]
    public async Task IncomingFilter_ThatSetsTheResult_ReplacesIt() => Assert.Equal(2, await Grain.WithReplacedResult());

    [Fact]
    public async Task OutgoingFilter_ThatSetsTheResult_ReplacesIt() => Assert.Equal(12, await Caller.WithReplacedResult(_key));

    [Fact]
    public async Task IncomingFilter_ThatSetsAnArgument_ReplacesIt() => Assert.Equal(14, await Grain.WithDoubledArgument(7));

    [Fact]
    public async Task OutgoingFilter_ThatSetsAnArgument_ReplacesIt() => Assert.Equal(70, await Caller.WithDoubledArgument(_key, 7));

    [Fact]
    public async Task IncomingFilter_ThatDoesNotInvoke_AnswersInPlaceOfTheGrain()
    {
        Assert.Equal(3, await Grain.Skipped());

        Assert.DoesNotContain("method", Trace.Of(_key).Entries);
    }

    [Fact]
    public async Task IncomingFilter_ThatThrows_KeepsTheCallFromTheGrain()
    {
        var exception = await Assert.ThrowsAsync<FilterException>(Grain.Forbidden);

        Assert.Equal("forbidden", exception.Message);
        Assert.Equal(["first in", "second in"], Trace.Of(_key).Entries);
    }

    [Fact]
    public async Task IncomingFilter_ThatCatchesAndSetsAResult_ReplacesTheFailure() => Assert.Equal(4, await Grain.FailsWithReplacedResult());

    [Fact]
    public async Task IncomingFilter_ThatOnlyCatches_DoesNotChangeTheResponse()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(Grain.FailsAndIsSwallowed);

        Assert.Equal("the method", exception.Message);
    }

    [Fact]
    public async Task IncomingFilter_ThatThrowsAnotherException_ReplacesTheFailure()
    {
        var exception = await Assert.ThrowsAsync<FilterException>(Grain.FailsAndIsConverted);

        Assert.Equal("the method", Assert.IsType<InvalidOperationException>(exception.InnerException).Message);
    }

    [Fact]
    public async Task OutgoingFilter_ThatThrowsAnotherException_ReplacesTheFailure()
    {
        var exception = await Assert.ThrowsAsync<TimeoutException>(() => Caller.FailsAndIsConverted(_key));

        Assert.IsType<FilterException>(exception.InnerException);
    }

    [Fact]
    public async Task IncomingFilter_ThatInvokesAgain_RunsTheMethodAgain() => Assert.Equal(2, await Grain.FailsOnceAndIsRetried());

    [Fact]
    public async Task OutgoingFilter_ThatInvokesAgain_SendsTheCallAgain() => Assert.Equal(2, await Caller.FailsOnceAndIsRetried(_key));

    [Fact]
    public async Task RequestContext_SetByFilters_ReachesTheGrain() => Assert.Equal("outgoing, incoming", await Caller.ValueFromFilter(_key));

    [Fact]
    public async Task IncomingFilter_FromTheContainer_MayCallGrainsItself() => Assert.NotNull(await Grain.Activation());
}
