using System.Diagnostics;
using Engine.CodeGeneration;
using Orleans.Diagnostics;

namespace Orleans.Runtime;

/// <summary>The spans of a call: the caller's and the callee's.</summary>
internal static class CallTracing
{
    public static bool IsListenedTo => ActivitySources.Application.HasListeners() || ActivitySources.Runtime.HasListeners();

    /// <summary>The caller's span. It is not the current activity afterwards: it ends elsewhere.</summary>
    public static Activity? BeginCall(GrainCall call)
    {
        var current = Activity.Current;
        var span = Begin(call, ActivityKind.Client, default);
        if (span is not null)
        {
            Activity.Current = current;
        }

        return span;
    }

    /// <summary>The callee's span; current while the method runs.</summary>
    public static Activity? BeginInvocation(GrainCall call) => call.CallerSpan is { } caller ? Begin(call, ActivityKind.Server, caller) : null;

    public static void End(Activity span, Exception? error)
    {
        if (error is not null)
        {
            span.SetStatus(ActivityStatusCode.Error);
            span.SetTag("exception.type", error.GetType().FullName);
            span.SetTag("exception.message", error.Message);
            span.SetTag("exception.stacktrace", error.ToString());
            span.SetTag("exception.escaped", true);
        }

        span.Dispose();
    }

    private static Activity? Begin(GrainCall call, ActivityKind kind, ActivityContext parent)
    {
        var method = call.Method;
        var source = method.IsExtension ? ActivitySources.Runtime : ActivitySources.Application;
        var span = kind == ActivityKind.Client
            ? source.StartActivity(method.ActivityName, kind)
            : source.StartActivity(method.ActivityName, kind, parent);
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag("rpc.system.name", "orleans");
            span.SetTag("orleans.rpc.service", method.InterfaceName);
            span.SetTag("rpc.method", method.ActivityName);
            span.SetTag("orleans.rpc.target_id", call.TargetId.ToString());
            if (call.SourceId is { IsDefault: false } caller)
            {
                span.SetTag("orleans.rpc.source_id", caller.ToString());
            }
        }

        return span;
    }
}
