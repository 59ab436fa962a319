using Orleans.Behaviours.Support;
using Orleans.Concurrency;

namespace Orleans.Behaviours.Messages;

public interface ISlowGrain : IGrainWithStringKey
{
    [ResponseTimeout("00:00:00.500")]
    Task Hold(string gate);

    [AlwaysInterleave]
    Task<int> CountCalls();
}

public sealed class SlowGrain : Grain, ISlowGrain
{
    private int _calls;

    public async Task Hold(string gate)
    {
        _calls++;
        await Gate.Named(gate).PassAsync();
        Trace.Of(this.GetPrimaryKeyString()).Add("done");
    }

    public Task<int> CountCalls() => Task.FromResult(_calls);
}
