using Orleans.Behaviours.Support;

namespace Orleans.Behaviours.Filters;

/// <summary>Each method is treated by the filters in the way its name says.</summary>
public interface IFilteredGrain : IGrainWithStringKey
{
    Task<int> Add(int left, int right);

    Task Describe(string text);

    Task<int> WithReplacedResult();

    Task<int> WithDoubledArgument(int value);

    Task<int> Skipped();

    Task<int> Forbidden();

    Task<int> FailsWithReplacedResult();

    Task<int> FailsAndIsSwallowed();

    Task<int> FailsAndIsConverted();

    Task<int> FailsOnceAndIsRetried();

    Task<string?> ValueFromFilter();

    Task<string?> Activation();
}

/// <summary>A grain that filters its own calls, after the silo's filters.</summary>
public sealed class FilteredGrain : Grain, IFilteredGrain, IIncomingGrainCallFilter
{
    private int _calls;

    private Trace Trace => Trace.Of(this.GetPrimaryKeyString());

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        Trace.Add("grain in");
        await context.Invoke();
        Trace.Add("grain out");
    }

    public Task<int> Add(int left, int right)
    {
        Trace.Add("method");
        return Task.FromResult(left + right);
    }

    public Task Describe(string text)
    {
        Trace.Add("method");
        return Task.CompletedTask;
    }

    public Task<int> WithReplacedResult() => Task.FromResult(1);

    public Task<int> WithDoubledArgument(int value) => Task.FromResult(value);

    public Task<int> Skipped()
    {
        Trace.Add("method");
        return Task.FromResult(1);
    }

    public Task<int> Forbidden()
    {
        Trace.Add("method");
        return Task.FromResult(1);
    }

    public Task<int> FailsWithReplacedResult() => throw new InvalidOperationException("the method");

    public Task<int> FailsAndIsSwallowed() => throw new InvalidOperationException("the method");

    public Task<int> FailsAndIsConverted() => throw new InvalidOperationException("the method");

    public Task<int> FailsOnceAndIsRetried() =>
        ++_calls == 1 ? throw new InvalidOperationException("the first time") : Task.FromResult(_calls);

    public Task<string?> ValueFromFilter() => Task.FromResult(RequestContext.Get("filter") as string);

    public Task<string?> Activation() => Task.FromResult<string?>(GrainContext.ActivationId.ToString());
}

/// <summary>Calls filtered grains, through the outgoing filters of its silo.</summary>
public interface IFilterCallerGrain : IGrainWithStringKey
{
    Task<int> Add(string target, int left, int right);

    Task Describe(string target, string text);

    Task<int> WithReplacedResult(string target);

    Task<int> WithDoubledArgument(string target, int value);

    Task<int> FailsOnceAndIsRetried(string target);

    Task<int> FailsAndIsConverted(string target);

    Task<string?> ValueFromFilter(string target);
}

public sealed class FilterCallerGrain : Grain, IFilterCallerGrain
{
    public Task<int> Add(string target, int left, int right) => Target(target).Add(left, right);

    public Task Describe(string target, string text) => Target(target).Describe(text);

    public Task<int> WithReplacedResult(string target) => Target(target).WithReplacedResult();

    public Task<int> WithDoubledArgument(string target, int value) => Target(target).WithDoubledArgument(value);

    public Task<int> FailsOnceAndIsRetried(string target) => Target(target).FailsOnceAndIsRetried();

    public Task<int> FailsAndIsConverted(string target) => Target(target).FailsAndIsConverted();

    public Task<string?> ValueFromFilter(string target) => Target(target).ValueFromFilter();

    private IFilteredGrain Target(string key) => GrainFactory.GetGrain<IFilteredGrain>(key);
}
