using Orleans.Behaviours.Support;
using Orleans.Concurrency;

namespace Orleans.Behaviours.Turns;

public interface IInterleavingGrain : IGrainWithStringKey
{
    Task Write(string name, string gate);

    [ReadOnly]
    Task Read(string name, string gate);

    [AlwaysInterleave]
    Task Interleave(string name);
}

public class InterleavingGrain : Grain, IInterleavingGrain
{
    public Task Write(string name, string gate) => PassAsync(name, gate);

    public Task Read(string name, string gate) => PassAsync(name, gate);

    public Task Interleave(string name)
    {
        Trace.Of(this.GetPrimaryKeyString()).Add(name);
        return Task.CompletedTask;
    }

    private async Task PassAsync(string name, string gate)
    {
        var trace = Trace.Of(this.GetPrimaryKeyString());
        trace.Add(name + " begins");
        await Gate.Named(gate).PassAsync();
        trace.Add(name + " ends");
    }
}

[Reentrant]
public sealed class ReentrantGrain : InterleavingGrain;

public interface IChainGrain : IGrainWithStringKey
{
    /// <summary>Calls the other grain, which calls this one.</summary>
    Task<string> CallThereAndBack(IChainGrain other);

    Task<string> CallBack(IChainGrain first);

    [ResponseTimeout("00:00:01")]
    Task Answer();
}

public class ChainGrain : Grain, IChainGrain
{
    public Task<string> CallThereAndBack(IChainGrain other) => other.CallBack(this.AsReference<IChainGrain>());

    public async Task<string> CallBack(IChainGrain first)
    {
        try
        {
            await first.Answer();
            return "answered";
        }
        catch (TimeoutException)
        {
            return "timed out";
        }
    }

    public Task Answer() => Task.CompletedTask;
}

[Reentrant]
public sealed class ReentrantChainGrain : ChainGrain;
