using System.Threading.Tasks.Sources;

namespace Engine.CodeGeneration;

public abstract partial class GrainCall : MailboxItem
{
}

public abstract partial class GrainCall<TResult> : GrainCall, IValueTaskSource<TResult>, IValueTaskSource
{
    private ManualResetValueTaskSourceCore<TResult> _answer;
    private TaskCompletionSource<TResult>? _task;

    internal ValueTask<TResult> AnswerAsValueTask() => new(this, _answer.Version);

    internal ValueTask AnswerAsPlainValueTask() => new(this, _answer.Version);

    internal Task<TResult> AnswerAsTask()
    {
        _task = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return _task.Task;
    }

    TResult IValueTaskSource<TResult>.GetResult(short token) => _answer.GetResult(token);

    void IValueTaskSource.GetResult(short token) => _answer.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<TResult>.GetStatus(short token) => _answer.GetStatus(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _answer.GetStatus(token);

    void IValueTaskSource<TResult>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _answer.OnCompleted(continuation, state, token, flags);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _answer.OnCompleted(continuation, state, token, flags);
}
