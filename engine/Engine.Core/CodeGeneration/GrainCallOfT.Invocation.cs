using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;
using Orleans.Runtime;

namespace Engine.CodeGeneration;

/// <content>The answer, as a pooled ValueTask or as a Task, and the running invocation.</content>
public abstract partial class GrainCall<TResult> : GrainCall, IValueTaskSource<TResult>, IValueTaskSource
{
    private ManualResetValueTaskSourceCore<TResult> _source = new() { RunContinuationsAsynchronously = true };
    private AsyncTaskMethodBuilder<TResult> _task;
    private bool _isTask;
    private ValueTaskAwaiter<TResult> _invocation;
    private Action? _onInvocationEnded;
    private TResult? _result;

    internal ValueTask<TResult> AnswerAsValueTask() => new(this, _source.Version);

    internal ValueTask AnswerAsPlainValueTask() => new(this, _source.Version);

    internal Task<TResult> AnswerAsTask()
    {
        // A builder, because it makes the task that an async method would have made, also for cancellations.
        _isTask = true;
        _task = AsyncTaskMethodBuilder<TResult>.Create();
        return _task.Task;
    }

    internal sealed override bool Invoke(object target, ICallFilters? filters)
    {
        try
        {
#pragma warning disable CA2012 // The awaiter is consumed once: here, or when the invocation has ended.
            _invocation = (filters is null ? InvokeMethod(target) : filters.Invoke(this, target)).GetAwaiter();
#pragma warning restore CA2012
            if (_invocation.IsCompleted)
            {
                _result = _invocation.GetResult();
                return true;
            }
        }
        catch (Exception exception)
        {
            Error = exception;
            return true;
        }

        // Comes back on the grain's scheduler, which this runs on.
        _invocation.UnsafeOnCompleted(_onInvocationEnded ??= OnInvocationEnded);
        return false;
    }

    internal sealed override void IsolateResult(CodecProvider codecs, RoundTrip? roundTrip)
    {
        if (Error is null)
        {
            _result = CopyResult(_result!, codecs);
            roundTrip?.Result(this, ref _result);
        }
        else if (roundTrip is not null)
        {
            Error = roundTrip.Exception(Error);
        }
    }

    TResult IValueTaskSource<TResult>.GetResult(short token) => TakeAnswer(token);

    void IValueTaskSource.GetResult(short token) => TakeAnswer(token);

    ValueTaskSourceStatus IValueTaskSource<TResult>.GetStatus(short token) => _source.GetStatus(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource<TResult>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    internal sealed override void WriteOutcome(ref Writer writer) => WriteResult(ref writer, _result!);

    internal sealed override void ReadOutcome(ref Reader reader) => _result = ReadResult(ref reader);

    private protected sealed override bool CompletesInline => _isTask;

    private protected sealed override void Deliver()
    {
        if (Caller is not null)
        {
            SendAnswer();
            Clear();
            return;
        }

        var (result, error) = (_result, Error);
        if (!_isTask)
        {
            // The caller may take the answer, and with it the object, before this returns.
            SetSource(result, error);
            return;
        }

        var task = _task;
        if (!IsAbandoned)
        {
            Clear();
        }

        SetTask(ref task, result, error);
    }

    private protected sealed override void DeliverFailure(Exception exception)
    {
        if (_isTask)
        {
            _task.SetException(exception);
        }
        else
        {
            _source.SetException(exception);
        }
    }

    private static void SetTask(ref AsyncTaskMethodBuilder<TResult> task, TResult? result, Exception? error)
    {
        if (error is null)
        {
            task.SetResult(result!);
        }
        else
        {
            task.SetException(error);
        }
    }

    private void SetSource(TResult? result, Exception? error)
    {
        if (error is null)
        {
            _source.SetResult(result!);
        }
        else
        {
            _source.SetException(error);
        }
    }

    private TResult TakeAnswer(short token)
    {
        if (_source.GetStatus(token) == ValueTaskSourceStatus.Succeeded)
        {
            var result = _source.GetResult(token);
            RecycleUnlessAbandoned();
            return result;
        }

        try
        {
            return _source.GetResult(token);
        }
        finally
        {
            RecycleUnlessAbandoned();
        }
    }

    private void RecycleUnlessAbandoned()
    {
        if (!IsAbandoned)
        {
            Clear();
        }
    }

    private void Clear()
    {
        _source.Reset();
        _task = default;
        _isTask = false;
        _invocation = default;
        _result = default;
        Recycle();
    }

    private void OnInvocationEnded()
    {
        try
        {
            _result = _invocation.GetResult();
        }
        catch (Exception exception)
        {
            Error = exception;
        }

        Receiver!.OnInvocationEnded(this);
    }
}
