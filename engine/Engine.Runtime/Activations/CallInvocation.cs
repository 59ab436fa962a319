using Engine.CodeGeneration;

namespace Orleans.Runtime;

/// <summary>One call, from its start on the grain to its answer.</summary>
internal static class CallInvocation
{
    /// <summary>Invokes the method.</summary>
    /// <returns>Whether it has ended.</returns>
    public static bool Begin(GrainCall call, Activation activation)
    {
        call.Receiver = activation;
        if (call.RequestContextValues is { } values)
        {
            RequestContext.Snapshot = values;
        }

        if (call.CallerSpan is not null)
        {
            call.InvocationSpan = CallTracing.BeginInvocation(call);
        }

        if (activation.TargetOf(call) is not { } target)
        {
            call.Error = new GrainExtensionNotInstalledException($"{activation.GrainId} has no extension {call.Method.InterfaceName}.");
            return true;
        }

        return call.Invoke(target, activation.Class.Filters);
    }

    /// <summary>Answers. The call must not be used afterwards.</summary>
    public static void End(GrainCall call, Catalog catalog)
    {
        if (call.Caller is null)
        {
            Isolate(call, catalog);
        }

        if (call.InvocationSpan is { } span)
        {
            CallTracing.End(span, call.Error);
        }

        catalog.Metrics.CallEnded(call);
        call.Answer();
    }

    private static void Isolate(GrainCall call, Catalog catalog)
    {
        try
        {
            call.IsolateResult(catalog.Codecs, catalog.RoundTrip);
        }
        catch (Exception exception)
        {
            call.Error = exception;
        }
    }
}
