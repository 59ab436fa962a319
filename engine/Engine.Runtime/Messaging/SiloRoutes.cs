using Engine.CodeGeneration;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Runtime.Networking;

namespace Orleans.Runtime;

/// <summary>
/// Brings requests to the silos that own their grains. What can't be sent now waits until the silo can be reached, or the
/// grain has another owner, or nobody waits any longer.
/// </summary>
internal sealed partial class SiloRoutes
{
    private readonly Lock _gate = new();
    private readonly Dictionary<SiloAddress, Waiting> _waiting = [];
    private readonly RemoteCalls _calls;
    private readonly IClusterViews _views;
    private readonly SiloAddress _self;
    private readonly ConnectionManager _connections;
    private readonly Action<OutgoingFrame, IAwaitsAnswer> _takeBack;
    private readonly int _maxWaiting;
    private readonly TimeSpan _retryDelay;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private bool _isClosed;

    /// <param name="takeBack">What happens to a request whose grain has come to be this silo's own.</param>
    public SiloRoutes(
        RemoteCalls calls,
        IClusterViews views,
        SiloAddress self,
        ConnectionManager connections,
        Action<OutgoingFrame, IAwaitsAnswer> takeBack,
        CallOptions options,
        TimeSpan retryDelay,
        TimeProvider time,
        ILogger logger)
    {
        _calls = calls;
        _views = views;
        _self = self;
        _connections = connections;
        _takeBack = takeBack;
        _maxWaiting = options.MaxWaitingForConnection;
        _retryDelay = retryDelay;
        _time = time;
        _logger = logger;
        views.Changed += OnChanged;
    }

    /// <summary>Sends a call to the silo that owns its grain.</summary>
    public void Send(GrainCall call, SiloAddress owner)
    {
        var cancellation = call.CalleeCancellation;
        var isRelayed = call.Caller is not null;
        _connections.TryGet(owner, out var connection);
        if (_calls.Begin(call, connection, _views.Current.Version) is not { } frame)
        {
            return;
        }

        // From here on the call may have been answered and be in use for another.
        var number = frame.CorrelationId;
        if (connection is null || !_calls.TrySend(connection, frame))
        {
            Wait(owner, frame);
        }

        if (cancellation is null)
        {
            return;
        }

        if (isRelayed)
        {
            cancellation.Token.UnsafeRegister(_ => Cancel(number), null);
        }
        else if (cancellation.IsCancellationRequested)
        {
            Cancel(number);
        }
    }

    /// <summary>Sends a request that somebody waits for under the frame's number.</summary>
    public void Send(OutgoingFrame frame, SiloAddress owner)
    {
        if (!TryAssignAndSend(frame, owner))
        {
            Wait(owner, frame);
        }
    }

    /// <summary>The request could not be sent to where it should have gone: sends it to where it belongs by now.</summary>
    public void SendAgain(OutgoingFrame frame)
    {
        var number = frame.CorrelationId;
        if (!_calls.Pending.Assign(number, null))
        {
            frame.Return();
            return;
        }

        var view = _views.Current;
        var owner = TargetOf(frame) is { } target ? view.OwnerOf(target) : null;
        if (owner is not null && !owner.Equals(_self))
        {
            Send(frame, owner);
            return;
        }

        if (_calls.Pending.Take(number) is { } item)
        {
            if (owner is null)
            {
                item.Failed(NoOwner(), wasSent: false);
            }
            else
            {
                _takeBack(frame, item);
            }
        }

        frame.Return();
    }

    public static SiloUnavailableException NoOwner() => new("No silo of the cluster is active, as far as this silo knows.");

    /// <summary>Nothing is sent any more; what waits fails.</summary>
    public void Close()
    {
        _views.Changed -= OnChanged;
        lock (_gate)
        {
            _isClosed = true;
            foreach (var waiting in _waiting.Values)
            {
                _ = waiting.Ended.CancelAsync();
            }
        }
    }

    private static GrainId? TargetOf(OutgoingFrame frame) =>
        RequestHeader.TryRead(HeaderOf(frame), out var header)
            ? GrainId.Create(new GrainType(header.GrainType.ToArray()), new IdSpan(header.GrainKey.ToArray()))
            : null;

    private static ReadOnlySpan<byte> HeaderOf(OutgoingFrame frame)
    {
        var body = frame.Body;
        return body.Span.Slice(RequestHeader.LengthSize, RequestHeader.LengthOf(new(body)));
    }

    private void Cancel(long number)
    {
        if (_calls.Pending.ConnectionOf(number) is { } connection)
        {
            RemoteCalls.SendCancel(connection, number);
        }
    }

    /// <returns>Whether it is dealt with.</returns>
    private bool TryAssignAndSend(OutgoingFrame frame, SiloAddress owner)
    {
        if (!_connections.TryGet(owner, out var connection))
        {
            return false;
        }

        if (_calls.Pending.Assign(frame.CorrelationId, connection))
        {
            return _calls.TrySend(connection, frame);
        }

        frame.Return();
        return true;
    }
}
