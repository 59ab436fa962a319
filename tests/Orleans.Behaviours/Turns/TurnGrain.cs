using Orleans.Behaviours.Support;

namespace Orleans.Behaviours.Turns;

public interface ITurnGrain : IGrainWithStringKey
{
    Task Hold(string gate);

    Task Note(string text);

    Task<bool> StaysOnItsSchedulerAfterAwait();

    Task<bool> StartNewStaysInTheGrain();

    Task<bool> TaskRunLeavesTheGrain();

    Task<int> CountOverlapsOfParallelLoops();
}

public sealed class TurnGrain : Grain, ITurnGrain
{
    private Trace Trace => Trace.Of(this.GetPrimaryKeyString());

    public async Task Hold(string gate)
    {
        Trace.Add("hold begins");
        await Gate.Named(gate).PassAsync();
        Trace.Add("hold ends");
    }

    public Task Note(string text)
    {
        Trace.Add(text);
        return Task.CompletedTask;
    }

    public async Task<bool> StaysOnItsSchedulerAfterAwait()
    {
        var before = TaskScheduler.Current;
        await Task.Yield();
        var afterYield = TaskScheduler.Current;
        await Task.Run(static () => { });
        return before != TaskScheduler.Default && ReferenceEquals(before, afterYield) && ReferenceEquals(before, TaskScheduler.Current);
    }

    public async Task<bool> StartNewStaysInTheGrain()
    {
        var mine = TaskScheduler.Current;
        return await Task.Factory.StartNew(() => ReferenceEquals(mine, TaskScheduler.Current), CancellationToken.None, TaskCreationOptions.None, TaskScheduler.Current);
    }

    public Task<bool> TaskRunLeavesTheGrain() => Task.Run(static () => ReferenceEquals(TaskScheduler.Current, TaskScheduler.Default));

    public async Task<int> CountOverlapsOfParallelLoops()
    {
        var running = 0;
        var overlaps = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Loop()));
        return overlaps;

        async Task Loop()
        {
            for (var i = 0; i < 100; i++)
            {
                if (Interlocked.Increment(ref running) > 1)
                    Interlocked.Increment(ref overlaps);
                Thread.SpinWait(100);
                Interlocked.Decrement(ref running);
                await Task.Yield();
            }
        }
    }
}
