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
        var answer = call.AnswerAsValueTask();
        Shared.Dispatcher.Send(this, call);
        return answer;
    }

    protected ValueTask SendValueTask(GrainCall<Nothing> call)
    {
        ArgumentNullException.ThrowIfNull(call);
        var answer = call.AnswerAsPlainValueTask();
        Shared.Dispatcher.Send(this, call);
        return answer;
    }

    protected Task<T> SendTask<T>(GrainCall<T> call)
    {
        ArgumentNullException.ThrowIfNull(call);
        var answer = call.AnswerAsTask();
        Shared.Dispatcher.Send(this, call);
        return answer;
    }

    protected Task SendTask(GrainCall<Nothing> call) => SendTask<Nothing>(call);
}
