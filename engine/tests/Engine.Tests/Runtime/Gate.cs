using System.Threading.Channels;

namespace Engine.Tests.Runtime;

/// <summary>Holds whoever comes until it is opened, and tells how many have come.</summary>
internal sealed class Gate
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<int> _arrivals = Channel.CreateUnbounded<int>();
    private int _arrived;

    public int Arrived => Volatile.Read(ref _arrived);

    public void Open() => _open.TrySetResult();

    public async Task Pass()
    {
        Interlocked.Increment(ref _arrived);
        _arrivals.Writer.TryWrite(0);
        await _open.Task;
    }

    /// <summary>Waits for the next one that comes.</summary>
    public Task Arrival() => _arrivals.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience, TestContext.Current.CancellationToken);
}
