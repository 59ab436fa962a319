using System.Buffers;
using Engine.CodeGeneration;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Runtime;

/// <summary>Brings the calls of a silo's grains and of its own client to their activations, or to the silos that own their grains.</summary>
internal sealed class SiloDispatcher : CallDispatcher, IDisposable
{
    private const string Stopped = "The silo has stopped.";

    private readonly Catalog _catalog;
    private readonly SiloMessagingOptions _options;
    private readonly EngineMetrics _metrics;
    private readonly TimeSpan _responseTimeout;
    private SiloCluster? _cluster;
    private GrainReferenceShared? _untyped;
    private volatile string? _refusal = "The silo has not started yet.";
    private volatile bool _refusesAll = true;

    public SiloDispatcher(Catalog catalog, TimeProvider time, EngineMetrics metrics, IOptions<SiloMessagingOptions> options, IOptions<CallDiagnosticsOptions> diagnostics)
    {
        _catalog = catalog;
        _metrics = metrics;
        _options = options.Value;
        _responseTimeout = _options.ResponseTimeout;
        Traces = diagnostics.Value.PropagatesActivities;
        Clock = new CallClock(time, this);
        catalog.Start(this);
    }

    public CallClock Clock { get; }

    /// <summary>Whether calls carry activities.</summary>
    public bool Traces { get; }

    /// <summary>Why no call at all is taken; null if calls are.</summary>
    public string? Refusal => _refusesAll ? _refusal : null;

    public override CodecProvider Codecs => _catalog.Codecs;

    public override int MaxMessageBody => _options.MaxMessageBodySize;

    public override bool WaitForCancellationAcknowledgement => _options.WaitForCancellationAcknowledgement;

    public override bool CancelOnTimeout => _options.CancelRequestOnTimeout;

    /// <summary>From now on grains may be on other silos.</summary>
    public void Join(SiloCluster cluster) => _cluster = cluster;

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
        _refusal = Stopped;
        _refusesAll = true;
        LiveCalls.Abort(this, Stopped);
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
        var grain = target.GrainId;
        call.Begin(this, grain, RuntimeContext.Current, Clock.DeadlineAfter(timeout), timeout);
        if (_refusal is { } refusal && (_refusesAll || call.Source is null))
        {
            call.Reject(new SiloUnavailableException(refusal));
            return;
        }

        if (call.RejectIfCancelled())
        {
            return;
        }

        var activation = _catalog.Find(grain);
        if (_cluster is { } cluster)
        {
            if (cluster.IsSuspended)
            {
                call.Reject(new SiloUnavailableException("The silo is suspended: it can't read the membership, and others may have declared it dead."));
                return;
            }

            if (activation is null && !cluster.IsMine(grain, out var owner))
            {
                SendToOther(cluster, call, owner);
                return;
            }
        }

        try
        {
            call.CopyArguments(_catalog.Codecs);
            _catalog.RoundTrip?.Arguments(call);
            call.RequestContextValues = RequestContextValues.Isolate(RequestContext.Snapshot, _catalog.Codecs);
            activation ??= _catalog.GetOrCreate(grain);
        }
        catch (Exception exception)
        {
            call.Reject(exception);
            return;
        }

        Start(call);
        activation.Receive(call);
    }

    public override void Cancel(GrainCall call)
    {
        if (call.CalleeCancellation is not { } cancellation || _cluster?.Calls.Cancel(call) == true)
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

    /// <summary>A caller in another process has cancelled its call to a grain of this silo.</summary>
    public void Cancel(GrainId grain, CancellationTokenSource cancellation)
    {
        if (_catalog.Find(grain) is { } activation)
        {
            activation.Cancel(cancellation);
        }
        else
        {
            cancellation.Cancel();
        }
    }

    public override void OnAbandoned(GrainCall call, Exception reason)
    {
        _metrics.CallAbandoned(call.TargetId, reason);
        _cluster?.Calls.Abandon(call, cancels: reason is OperationCanceledException || (reason is TimeoutException && CancelOnTimeout));
    }

    public override void OnAnswered(GrainCall call) => _metrics.CallEnded(call);

    /// <summary>Brings a call to its grain, wherever that is by now.</summary>
    public void Deliver(GrainCall call)
    {
        var activation = _catalog.Find(call.TargetId);
        if (activation is null)
        {
            if (_cluster is { } cluster && !cluster.IsMine(call.TargetId, out var owner))
            {
                cluster.Send(call, owner);
                return;
            }

            try
            {
                activation = _catalog.GetOrCreate(call.TargetId);
            }
            catch (Exception exception)
            {
                call.Reject(exception);
                return;
            }
        }

        activation.Receive(call);
    }

    /// <summary>A call was on its way to another silo when its grain came to be this silo's own.</summary>
    public void TakeBack(GrainCall call, in ReadOnlySequence<byte> arguments)
    {
        call.PendingNumber = 0;
        try
        {
            // The caller may have changed its own meanwhile.
            using var session = Codecs.Sessions.GetSession();
            var reader = new Reader(arguments, session);
            call.ReadArguments(ref reader);
        }
        catch (Exception exception)
        {
            call.Reject(exception);
            return;
        }

        Deliver(call);
    }

    public void Dispose() => Clock.Dispose();

    private void SendToOther(SiloCluster cluster, GrainCall call, SiloAddress? owner)
    {
        call.RequestContextValues = RequestContext.Snapshot;
        Start(call);
        cluster.Send(call, owner);
    }

    private void Start(GrainCall call)
    {
        if (Traces && CallTracing.IsListenedTo)
        {
            call.Span = CallTracing.BeginCall(call);
        }

        _metrics.CallBegins(call);
        call.LinkCancellation();
    }
}
