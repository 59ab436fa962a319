using System.Reflection;
using System.Runtime.ExceptionServices;
using Engine.CodeGeneration;
using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <summary>Takes one call through its filters, and counts how far it has come.</summary>
/// <typeparam name="TResult">What the method's task results in.</typeparam>
internal abstract class GrainCallContext<TResult>(GrainCall<TResult> call, int filters) : IGrainCallContext
{
    private int _next;

    public IInvokable Request => call;

    public abstract object Grain { get; }

    public abstract GrainId? SourceId { get; }

    public abstract GrainId TargetId { get; }

    public string InterfaceName => call.Method.InterfaceName;

    public string MethodName => call.Method.Name;

    public MethodInfo InterfaceMethod => call.Method.Info;

    public Response? Response { get; set; }

    public object? Result
    {
        get => Response?.Result;
        set => Response = Response.FromResult(value);
    }

    protected GrainCall<TResult> Call => call;

    public async Task Invoke()
    {
        var current = _next++;
        try
        {
            if (current < filters)
            {
                await InvokeFilter(current);
                return;
            }

            Response = await InvokeMethod();
        }
        finally
        {
            // So that a filter may try again.
            _next = current;
        }

        if (Response.Exception is { } exception)
        {
            ExceptionDispatchInfo.Throw(exception);
        }
    }

    /// <summary>Runs all of it.</summary>
    /// <returns>What the filters made of the result.</returns>
    public async ValueTask<TResult> Run()
    {
        await Invoke();
        return Response is null || typeof(TResult) == typeof(Nothing) && Response.Exception is null ? default! : Response.GetResult<TResult>();
    }

    protected abstract Task InvokeFilter(int index);

    protected abstract ValueTask<TResult> CallMethod();

    private async ValueTask<Response> InvokeMethod()
    {
        try
        {
            var result = await CallMethod();
            return typeof(TResult) == typeof(Nothing) ? Response.Completed : Response.FromResult(result);
        }
        catch (Exception exception)
        {
            return Response.FromException(exception);
        }
    }
}
