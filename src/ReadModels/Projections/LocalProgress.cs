using System.Collections.Concurrent;

namespace Crescent.ReadModels.Projections;

/// <summary>The progress of projections that all run in this process, and tell of it.</summary>
internal sealed class LocalProgress(TimeProvider time) : ProjectionProgress
{
    private readonly ConcurrentDictionary<string, Mark> _marks = new(StringComparer.Ordinal);

    /// <summary>The last position each projection has applied, by its name.</summary>
    public IReadOnlyDictionary<string, long> Positions => _marks.ToDictionary(static mark => mark.Key, static mark => mark.Value.Position);

    public override async Task<bool> WaitForAsync(string projection, long position, TimeSpan atMost, CancellationToken ct)
    {
        var reached = MarkOf(projection).WhenReached(position);
        if (reached.IsCompleted) return true;
        try
        {
            await reached.WaitAsync(atMost, time, ct);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    internal override void Report(string projection, long position) => MarkOf(projection).Move(position);

    private Mark MarkOf(string projection) => _marks.GetOrAdd(projection, static _ => new Mark());

    private sealed class Mark
    {
        private readonly Lock _gate = new();
        private long _position;
        private TaskCompletionSource _moved = NewSignal();

        public long Position => Volatile.Read(ref _position);

        public async Task WhenReached(long position)
        {
            while (true)
            {
                Task moved;
                lock (_gate)
                {
                    if (_position >= position) return;
                    moved = _moved.Task;
                }
                await moved;
            }
        }

        public void Move(long position)
        {
            TaskCompletionSource moved;
            lock (_gate)
            {
                Volatile.Write(ref _position, position);
                (moved, _moved) = (_moved, NewSignal());
            }
            moved.SetResult();
        }

        private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
