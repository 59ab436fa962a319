using Engine.CodeGeneration;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Runtime;

/// <summary>Brings the calls of a silo's grains and of its own client to their activations.</summary>
internal sealed class SiloDispatcher : CallDispatcher, IDisposable
{
    private readonly Catalog _catalog;
    private readonly SiloMessagingOptions _options;
    private readonly EngineMetrics _metrics;
    private readonly bool _traces;
    private readonly TimeSpan _responseTimeout;
    private GrainReferenceShared? _untyped;
    private volatile string? _refusal = "The silo has not started yet.";
    private volatile bool _refusesAll = true;

    public SiloDispatcher(Catalog catalog, TimeProvider time, EngineMetrics metrics, IOptions<SiloMessagingOptions> options, IOptions<CallDiagnosticsOptions> diagnostics)
    {
        _catalog = catalog;
        _metrics = metrics;
        _options = options.Value;
        _responseTimeout = _options.ResponseTimeout;
        _traces = diagnostics.Value.PropagatesActivities;
        Clock = new CallClock(time, this);
        catalog.Start(this);
    }

    public CallClock Clock { get; }

    public override bool WaitForCancellationAcknowledgement => _options.WaitForCancellationAcknowledgement;

    public override bool CancelOnTimeout => _options.CancelRequestOnTimeout;

    /// <summary>Takes calls from now on.</summary>
    public void Open()
    {
        _refusal = null;
        _refusesAll = false;
    }

    /// <summary>Takes no more calls from outside of grains; those that end may still call one another.</summary>
    public void CloseForClients() => _refusal = "The silo is shutting down.";

    /// <summary>Takes no more calls and ends those that run.</summary>
    public void Close()
    {
        _refusal = "The silo has stopped.";
        _refusesAll = true;
        LiveCalls.Abort(this);
    }

    public void Bind(IGrainFactory factory, IEnumerable<IOutgoingGrainCallFilter> filters)
    {
        _untyped = new GrainReferenceShared(default, "", this, factory);
        Filters = OutgoingFilters.Of(filters, this, _catalog.Codecs);
    }

    public GrainReference UntypedReference(GrainId grainId) => new(new GrainProxyContext(_untyped!, grainId));

    public override void Send(GrainReference target, GrainCall call)
    {
        var timeout = call.Method.ResponseTimeout ?? _responseTimeout;
        call.Begin(this, target.GrainId, RuntimeContext.Current, Clock.DeadlineAfter(timeout), timeout);
        if (_refusal is { } refusal && (_refusesAll || call.Source is null))
        {
            call.Reject(new SiloUnavailableException(refusal));
            return;
        }

        try
        {
            call.CopyArguments(_catalog.Codecs);
            _catalog.RoundTrip?.Arguments(call);
            call.RequestContextValues = RequestContextValues.Isolate(RequestContext.Snapshot, _catalog.Codecs);
        }
        catch (Exception exception)
        {
            call.Reject(exception);
            return;
        }

        if (_traces && CallTracing.IsListenedTo)
        {
            call.Span = CallTracing.BeginCall(call);
        }

        _metrics.CallBegins(call);
        call.LinkCancellation();
        Deliver(call);
    }

    public override void Cancel(GrainCall call)
    {
        if (call.CalleeCancellation is not { } cancellation)
        {
            return;
        }

        if (call.Receiver is Activation activation)
        {
            activation.Cancel(cancellation);
        }
        else
        {
            cancellation.Cancel();
        }
    }

    public override void OnAbandoned(GrainId target, Exception reason) => _metrics.CallAbandoned(target, reason);

    public void Deliver(GrainCall call)
    {
        Activation activation;
        try
        {
            activation = _catalog.GetOrCreate(call.TargetId);
        }
        catch (Exception exception)
        {
            call.Reject(exception);
            return;
        }

        activation.Receive(call);
    }

    public void Dispose() => Clock.Dispose();
}
