using Engine.CodeGeneration;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Runtime;

/// <summary>Brings the calls of a client to the gateways of its cluster.</summary>
internal sealed class ClientDispatcher : CallDispatcher, IDisposable
{
    private readonly ClientMessagingOptions _options;
    private readonly Gateways _gateways;
    private readonly RemoteCalls _calls;
    private readonly TimeSpan _responseTimeout;
    private readonly bool _traces;
    private volatile string? _refusal = "The client has not connected to its cluster yet.";

    public ClientDispatcher(
        CodecProvider codecs,
        TimeProvider time,
        Gateways gateways,
        IOptions<ClientMessagingOptions> options,
        IOptions<CallDiagnosticsOptions> diagnostics,
        IOptions<CallOptions> bounds)
    {
        Codecs = codecs;
        _gateways = gateways;
        _options = options.Value;
        _responseTimeout = _options.ResponseTimeout;
        _traces = diagnostics.Value.PropagatesActivities;
        Clock = new CallClock(time, this);
        _calls = new(codecs, Clock, (int)Math.Min((long)_options.MaxMessageBodySize + _options.MaxMessageHeaderSize, Array.MaxLength / 2), bounds.Value.MaxPending);
        gateways.Bind(_calls);
    }

    public CallClock Clock { get; }

    public override CodecProvider Codecs { get; }

    public override int MaxMessageBody => _options.MaxMessageBodySize;

    public override bool WaitForCancellationAcknowledgement => _options.WaitForCancellationAcknowledgement;

    public override bool CancelOnTimeout => _options.CancelRequestOnTimeout;

    /// <summary>Takes calls from now on.</summary>
    public void Open(IEnumerable<IOutgoingGrainCallFilter> filters)
    {
        Filters = OutgoingFilters.Of(filters, this, Codecs);
        _refusal = null;
    }

    /// <summary>Takes no more calls and ends those that run.</summary>
    public void Close()
    {
        _refusal = "The client has stopped.";
        LiveCalls.Abort(this, "The client has stopped.");
    }

    public override void Send(GrainReference target, GrainCall call)
    {
        var timeout = call.Method.ResponseTimeout ?? _responseTimeout;
        call.Begin(this, target.GrainId, source: null, Clock.DeadlineAfter(timeout), timeout);
        if (_refusal is { } refusal)
        {
            call.Reject(new SiloUnavailableException(refusal));
            return;
        }

        if (call.RejectIfCancelled())
        {
            return;
        }

        call.RequestContextValues = RequestContext.Snapshot;
        if (_traces && CallTracing.IsListenedTo)
        {
            call.Span = CallTracing.BeginCall(call);
        }

        call.LinkCancellation();
        _gateways.Send(call);
    }

    public override void Cancel(GrainCall call) => _calls.Cancel(call);

    public override void OnAbandoned(GrainCall call, Exception reason) =>
        _calls.Abandon(call, cancels: reason is OperationCanceledException || (reason is TimeoutException && CancelOnTimeout));

    public override void OnAnswered(GrainCall call)
    {
    }

    public void Dispose() => Clock.Dispose();
}
