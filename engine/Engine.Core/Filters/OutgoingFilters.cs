using Engine.CodeGeneration;

namespace Orleans.Runtime;

/// <summary>The outgoing filters of a host.</summary>
internal sealed class OutgoingFilters(IOutgoingGrainCallFilter[] filters, CallDispatcher dispatcher, CodecProvider codecs)
{
    /// <summary>The filters in the order of their registration; null if there are none, so that calls cost nothing.</summary>
    public static OutgoingFilters? Of(IEnumerable<IOutgoingGrainCallFilter> registered, CallDispatcher dispatcher, CodecProvider codecs) =>
        registered.ToArray() is { Length: > 0 } filters ? new(filters, dispatcher, codecs) : null;

    /// <summary>Sends a call through the filters.</summary>
    public async ValueTask<TResult> Send<TResult>(GrainReference target, GrainCall<TResult> call)
    {
        // What filters do to the arguments is not seen by the caller.
        call.CopyArguments(codecs);
        return await new Context<TResult>(this, target, call).Run();
    }

    /// <summary>Sends a copy: filters may look at the call after it has ended, and send it again.</summary>
    private ValueTask<TResult> SendCopy<TResult>(GrainReference target, GrainCall<TResult> call)
    {
        var copy = (GrainCall<TResult>)call.CreateEmpty();
        for (var i = 0; i < call.ArgumentCount; i++)
        {
            copy.SetArgument(i, call.GetArgument(i));
        }

        copy.CancellationToken = call.CancellationToken;
        var answer = copy.AnswerAsValueTask();
        dispatcher.Send(target, copy);
        return answer;
    }

    private sealed class Context<TResult>(OutgoingFilters all, GrainReference target, GrainCall<TResult> call)
        : GrainCallContext<TResult>(call, all.Filters.Length), IOutgoingGrainCallContext
    {
        public override object Grain => target;

        public override GrainId? SourceId => SourceContext?.GrainId;

        public override GrainId TargetId => target.GrainId;

        public IGrainContext? SourceContext { get; } = RuntimeContext.Current;

        protected override Task InvokeFilter(int index) => all.Filters[index].Invoke(this);

        protected override ValueTask<TResult> CallMethod() => all.SendCopy(target, Call);
    }

    private IOutgoingGrainCallFilter[] Filters { get; } = filters;
}
