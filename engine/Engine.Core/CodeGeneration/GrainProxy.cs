using Orleans.Runtime;

namespace Engine.CodeGeneration;

/// <summary>The base of generated grain references.</summary>
public abstract class GrainProxy : GrainReference
{
    protected GrainProxy(GrainProxyContext context) : base(context)
    {
    }

    protected ValueTask<T> Send<T>(GrainCall<T> call)
    {
        ArgumentNullException.ThrowIfNull(call);
        var dispatcher = Shared.Dispatcher;
        if (dispatcher.Filters is { } filters)
        {
            return filters.Send(this, call);
        }

        var answer = call.AnswerAsValueTask();
        dispatcher.Send(this, call);
        return answer;
    }

    protected ValueTask SendValueTask(GrainCall<Nothing> call)
    {
        ArgumentNullException.ThrowIfNull(call);
        var dispatcher = Shared.Dispatcher;
        if (dispatcher.Filters is { } filters)
        {
            return new(filters.Send(this, call).AsTask());
        }

        var answer = call.AnswerAsPlainValueTask();
        dispatcher.Send(this, call);
        return answer;
    }

    protected Task<T> SendTask<T>(GrainCall<T> call)
    {
        ArgumentNullException.ThrowIfNull(call);
        var dispatcher = Shared.Dispatcher;
        if (dispatcher.Filters is { } filters)
        {
            return filters.Send(this, call).AsTask();
        }

        var answer = call.AnswerAsTask();
        dispatcher.Send(this, call);
        return answer;
    }

    protected Task SendTask(GrainCall<Nothing> call) => SendTask<Nothing>(call);
}
