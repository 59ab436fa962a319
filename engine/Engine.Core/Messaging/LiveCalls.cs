using Engine.CodeGeneration;

namespace Orleans.Runtime;

/// <summary>
/// The call objects of this process that are, or a moment ago were, in flight. A call joins when it is sent and not in
/// it yet, and leaves when a sweep finds it idle: a pooled object in steady use stays, so that sending costs nothing here.
/// </summary>
internal static class LiveCalls
{
    private static readonly Lock Gate = new();
    private static readonly List<GrainCall> Calls = [];

    public static void Add(GrainCall call)
    {
        lock (Gate)
        {
            Calls.Add(call);
        }
    }

    /// <summary>Ends the calls of one host whose deadline has passed, with a TimeoutException.</summary>
    public static void Expire(CallDispatcher host, long now) => Sweep(host, now, static (call, ticket) => call.TimeOut(ticket));

    /// <summary>Ends all calls of one host: it stops.</summary>
    public static void Abort(CallDispatcher host, string why) =>
        Sweep(host, long.MaxValue, (call, ticket) => call.Abort(ticket, new SiloUnavailableException(why)));

    private static void Sweep(CallDispatcher host, long now, Action<GrainCall, long> end)
    {
        List<(GrainCall, long)>? due = null;
        lock (Gate)
        {
            var kept = 0;
            for (var i = 0; i < Calls.Count; i++)
            {
                var call = Calls[i];
                if (call.IsDue(host, now, out var ticket))
                {
                    (due ??= []).Add((call, ticket));
                }

                if (call.StaysLive())
                {
                    Calls[kept++] = call;
                }
            }

            Calls.RemoveRange(kept, Calls.Count - kept);
        }

        foreach (var (call, ticket) in due ?? [])
        {
            // Not here: what awaits the call may run inline, and others wait for this thread.
            ThreadPool.UnsafeQueueUserWorkItem(static work => work.end(work.call, work.ticket), (end, call, ticket), preferLocal: false);
        }
    }
}
