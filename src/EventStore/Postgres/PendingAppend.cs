using Crescent.EventStore.Serialization;

namespace Crescent.EventStore.Postgres;

/// <summary>An append on its way to its commit.</summary>
sealed class PendingAppend(AppendRequest request, StoredEvent[] events)
{
    readonly TaskCompletionSource<AppendResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public AppendRequest Request => request;

    public StoredEvent[] Events => events;

    public Task<AppendResult> Task => _completion.Task;

    public void Complete(AppendResult result) => _completion.TrySetResult(result);

    public void Fail(Exception exception) => _completion.TrySetException(exception);
}
