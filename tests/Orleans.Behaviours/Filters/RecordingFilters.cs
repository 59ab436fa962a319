using Orleans.Behaviours.Support;

namespace Orleans.Behaviours.Filters;

/// <summary>What a filter throws in place of something else.</summary>
[GenerateSerializer]
public sealed class FilterException : Exception
{
    public FilterException()
    {
    }

    public FilterException(string message) : base(message)
    {
    }

    public FilterException(string message, Exception innerException) : base(message, innerException)
    {
    }
}

/// <summary>The silo's incoming filters: two, of which the second one does what the method's name says.</summary>
public sealed class RecordingIncomingFilter(IGrainFactory grains) : IIncomingGrainCallFilter
{
    public static async Task First(IIncomingGrainCallContext context)
    {
        if (!Concerns(context))
        {
            await context.Invoke();
            return;
        }

        var trace = TraceOf(context);
        trace.Add("first in");
        await context.Invoke();
        trace.Add("first out");
    }

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if (!Concerns(context))
        {
            await context.Invoke();
            return;
        }

        TraceOf(context).Add("second in");
        await Treat(context, grains);
        TraceOf(context).Add("second out");
    }

    private static bool Concerns(IIncomingGrainCallContext context) => context.InterfaceMethod.DeclaringType == typeof(IFilteredGrain);

    private static Trace TraceOf(IIncomingGrainCallContext context) => Trace.Of(context.TargetId.Key.ToString()!);

    private static async Task Treat(IIncomingGrainCallContext context, IGrainFactory grains)
    {
        switch (context.MethodName)
        {
            case nameof(IFilteredGrain.Describe):
                Trace.Of((string)context.Request.GetArgument(0)!).Add(Description.Of(context));
                break;
            case nameof(IFilteredGrain.WithDoubledArgument):
                context.Request.SetArgument(0, 2 * (int)context.Request.GetArgument(0)!);
                break;
            case nameof(IFilteredGrain.ValueFromFilter):
                RequestContext.Set("filter", RequestContext.Get("filter") + "incoming");
                break;
            case nameof(IFilteredGrain.Activation):
                await grains.GetGrain<IFilteredGrain>(Cluster.NewKey()).Add(1, 1);
                break;
            case nameof(IFilteredGrain.Skipped):
                context.Result = 3;
                return;
            case nameof(IFilteredGrain.Forbidden):
                throw new FilterException("forbidden");
            default:
                break;
        }

        try
        {
            await context.Invoke();
        }
        catch (InvalidOperationException failure) when (context.MethodName.StartsWith("Fails", StringComparison.Ordinal))
        {
            switch (context.MethodName)
            {
                case nameof(IFilteredGrain.FailsWithReplacedResult):
                    context.Result = 4;
                    break;
                case nameof(IFilteredGrain.FailsAndIsConverted):
                    throw new FilterException("converted", failure);
                case nameof(IFilteredGrain.FailsOnceAndIsRetried) when RequestContext.Get("retry") is null:
                    await context.Invoke();
                    break;
                case nameof(IFilteredGrain.FailsAndIsSwallowed):
                    break;
                default:
                    throw;
            }
        }

        if (context.MethodName == nameof(IFilteredGrain.WithReplacedResult))
            context.Result = (int)context.Result! + 1;
    }
}

/// <summary>The silo's outgoing filter: treats calls between a <see cref="FilterCallerGrain"/> and its target.</summary>
public sealed class RecordingOutgoingFilter : IOutgoingGrainCallFilter
{
    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        if (context.InterfaceMethod.DeclaringType != typeof(IFilteredGrain))
        {
            await context.Invoke();
            return;
        }

        var trace = Trace.Of(context.TargetId.Key.ToString()!);
        trace.Add("outgoing in");
        switch (context.MethodName)
        {
            case nameof(IFilteredGrain.Describe):
                Trace.Of((string)context.Request.GetArgument(0)!).Add(Description.Of(context));
                break;
            case nameof(IFilteredGrain.WithDoubledArgument):
                context.Request.SetArgument(0, 5 * (int)context.Request.GetArgument(0)!);
                break;
            case nameof(IFilteredGrain.ValueFromFilter):
                RequestContext.Set("filter", "outgoing, ");
                break;
            case nameof(IFilteredGrain.FailsOnceAndIsRetried):
                RequestContext.Set("retry", "outgoing");
                break;
            default:
                break;
        }

        try
        {
            await context.Invoke();
        }
        catch (FilterException failure) when (context.MethodName == nameof(IFilteredGrain.FailsAndIsConverted))
        {
            throw new TimeoutException("converted again", failure);
        }
        catch (InvalidOperationException) when (context.MethodName == nameof(IFilteredGrain.FailsOnceAndIsRetried))
        {
            await context.Invoke();
        }

        if (context.MethodName == nameof(IFilteredGrain.WithReplacedResult))
            context.Result = (int)context.Result! + 10;
        trace.Add("outgoing out");
    }
}

/// <summary>What a filter sees of a call, in words.</summary>
internal static class Description
{
    public static string Of(IGrainCallContext context) => string.Join(
        "; ",
        $"{context.InterfaceMethod.DeclaringType!.Name}.{context.InterfaceMethod.Name} is {context.MethodName} of {context.InterfaceName}",
        $"{context.SourceId?.Key} to {context.TargetId.Key}",
        $"{context.Request.GetArgumentCount()} argument of {context.Request.GetMethodName()} in {context.Request.GetInterfaceType().Name}",
        $"method {context.Request.GetMethod().Name}, activity {context.Request.GetActivityName()}, timeout {context.Request.GetDefaultResponseTimeout()}",
        $"result {context.Response?.Result ?? "none"}",
        context is IIncomingGrainCallContext incoming
            ? $"in {incoming.ImplementationMethod.DeclaringType!.Name}.{incoming.ImplementationMethod.Name} of {incoming.TargetContext.GrainId.Key}, grain {context.Grain.GetType().Name}"
            : $"from {((IOutgoingGrainCallContext)context).SourceContext?.GrainId.Key}, grain {context.Grain is IFilteredGrain}");
}
