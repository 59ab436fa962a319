using System.Threading.Tasks.Sources;
using Crescent.EventStore.Serialization;

namespace Crescent.EventStore.Postgres;

/// <summary>An append on its way to its commit. Its answer is awaited once.</summary>
sealed class PendingAppend(AppendRequest request, StoredEvent[] events) : IValueTaskSource<AppendResult>, IThreadPoolWorkItem
{
    ManualResetValueTaskSourceCore<AppendResult> _answer;
    AppendResult? _result;

    public AppendRequest Request => request;

    public StoredEvent[] Events => events;

    /// <summary>The stream's version once this is committed.</summary>
    public int LastVersion => request.ExpectedVersion + events.Length;

    public ValueTask<AppendResult> Answer => new(this, _answer.Version);

    /// <param name="here">The caller may go on at once on this thread, which has nothing else to do.</param>
    public void Complete(AppendResult result, bool here)
    {
        if (here)
        {
            _answer.SetResult(result);
            return;
        }

        _result = result;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    public void Fail(Exception exception)
    {
        _answer.RunContinuationsAsynchronously = true;
        _answer.SetException(exception);
    }

    void IThreadPoolWorkItem.Execute() => _answer.SetResult(_result!);

    AppendResult IValueTaskSource<AppendResult>.GetResult(short token) => _answer.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<AppendResult>.GetStatus(short token) => _answer.GetStatus(token);

    void IValueTaskSource<AppendResult>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _answer.OnCompleted(continuation, state, token, flags);
}
