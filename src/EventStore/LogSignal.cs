namespace Crescent.EventStore;

/// <summary>The head of the log as this process knows it; the store moves it after each commit.</summary>
sealed class LogSignal : ILogSignal
{
    readonly Lock _gate = new();
    TaskCompletionSource? _moved;
    long _head;

    public long Head => Volatile.Read(ref _head);

    public async Task WaitBeyondAsync(long position, CancellationToken ct = default)
    {
        while (true)
        {
            Task moved;
            lock (_gate)
            {
                if (_head > position) return;
                _moved ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                moved = _moved.Task;
            }

            await moved.WaitAsync(ct);
        }
    }

    /// <summary>Announces a committed position; an older one than the head changes nothing.</summary>
    public void Publish(long position)
    {
        if (position <= Head) return;
        TaskCompletionSource? moved;
        lock (_gate)
        {
            if (position <= _head) return;
            Volatile.Write(ref _head, position);
            (moved, _moved) = (_moved, null);
        }

        moved?.SetResult();
    }
}
