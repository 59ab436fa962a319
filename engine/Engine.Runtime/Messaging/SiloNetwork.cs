using Engine.CodeGeneration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime.Networking;

namespace Orleans.Runtime;

/// <summary>A silo's part in the network: it listens for silos and for clients, and hands what they send to whom it is for.</summary>
internal sealed partial class SiloNetwork : IFrameReceiver, ILifecycleParticipant<ISiloLifecycle>, IKillable, IAsyncDisposable
{
    /// <summary>After membership has said that the silo leaves, and before it says that it is gone.</summary>
    private const int GatewayStage = ServiceLifecycleStage.AfterRuntimeGrainServices;

    private static readonly TimeSpan SweepPeriod = TimeSpan.FromSeconds(1);

    private readonly NetworkSettings _settings;
    private readonly ListeningEndpoints _endpoints;
    private readonly SiloDispatcher _dispatcher;
    private readonly IClusterViews _views;
    private readonly RemoteCalls _calls;
    private readonly RemoteCallers _callers;
    private readonly TimeSpan _drainTimeout;
    private readonly SiloRequests _requests;
    private readonly SiloControl _control;
    private readonly Lazy<byte[]> _grainTypes;
    private readonly ConnectionManager _connections;
    private readonly SiloRoutes _routes;
    private readonly ILogger<SiloNetwork> _logger;
    private readonly HashSet<SiloAddress> _gone = [];
    private ConnectionListener? _siloListener;
    private ConnectionListener? _gatewayListener;
    private ITimer? _sweep;

    public SiloNetwork(
        NetworkSettings settings,
        ILocalSiloDetails details,
        ListeningEndpoints endpoints,
        IOptions<SiloMessagingOptions> messaging,
        IOptions<CallOptions> options,
        SiloDispatcher dispatcher,
        Catalog catalog,
        IClusterViews views,
        SiloControl control,
        TypeManifestBuilder manifest,
        GrainClassMap classes,
        ILogger<SiloNetwork> logger)
    {
        _settings = settings;
        _endpoints = endpoints;
        _dispatcher = dispatcher;
        _views = views;
        _control = control;
        _logger = logger;
        _grainTypes = new(() => GrainTypeListFormat.Write(classes, manifest));
        var bounds = options.Value;
        var maxBody = (int)Math.Min(settings.MaxFrameBody, Array.MaxLength / 2);
        _calls = new(dispatcher.Codecs, dispatcher.Clock, maxBody, bounds.MaxPending);
        _drainTimeout = bounds.DrainTimeout;
        _callers = new(bounds.MaxRequestsOfOneCaller, bounds.MaxRequests, () => !views.IsSuspended, LogAnswerDropped);
        _requests = new(dispatcher, catalog, views, details.SiloAddress, _calls, new(manifest, classes), messaging.Value.MaxForwardCount, bounds, logger);
        _connections = new(settings, this);
        _routes = new(_calls, views, details.SiloAddress, _connections, TakeBack, bounds, settings.Connection.ConnectionRetryDelay, settings.Time, logger);
        _requests.Routes = _routes;
        control.Open(_connections);
        dispatcher.Join(new SiloCluster(views, details.SiloAddress, _calls, _routes));
    }

    /// <summary>Clients that are connected.</summary>
    public int Clients => _gatewayListener?.Count ?? 0;

    /// <summary>Requests to other silos that wait for their answers.</summary>
    public int Asking => _calls.Pending.Count;

    /// <summary>Requests of others that this silo has taken and not answered.</summary>
    public int Answering => _callers.Running;

    public void Participate(ISiloLifecycle observer)
    {
        observer.Subscribe<SiloNetwork>(ServiceLifecycleStage.RuntimeInitialize, Open, Close);
        observer.Subscribe<SiloNetwork>(GatewayStage, static _ => Task.CompletedTask, CloseGateway);
        observer.Subscribe<SiloNetwork>(ServiceLifecycleStage.Active, OpenGateway, SendClientsAway);
    }

    public void Opened(Connection connection) => connection.State = new RemoteCaller(connection, _callers);

    public void Received(Connection connection, in IncomingFrame frame)
    {
        var caller = (RemoteCaller)connection.State!;
        switch (frame.Kind)
        {
            case FrameKind.Request:
                _requests.Receive(caller, frame.CorrelationId, frame.Body);
                break;
            case FrameKind.Cancel:
                caller.Cancel(frame.CorrelationId);
                break;
            case FrameKind.Response:
                _calls.Receive(connection, frame);
                break;
            case FrameKind.Control when connection.Peer.Silo is { } silo:
                _control.Receive(connection, silo, frame);
                break;
            case FrameKind.Control:
                AnswerClient(caller, frame);
                break;
            case FrameKind.ControlAnswer:
                _control.ReceiveAnswer(connection, frame);
                break;
        }
    }

    public void Unsent(Connection connection, OutgoingFrame frame)
    {
        if (frame.Kind == FrameKind.Request)
        {
            _routes.SendAgain(frame);
        }
        else
        {
            frame.Return();
        }
    }

    public void Closed(Connection connection, Exception? reason)
    {
        var why = $"The connection to {connection.Peer} was lost{(reason is null ? "" : $": {reason.Message}")}.";
        _calls.Lose(connection, new SiloUnavailableException($"{why} Whether the call was carried out is not known."));
        _control.Lose(connection, why);
    }

    /// <summary>Whoever is connected finds the connection broken.</summary>
    public ValueTask KillAsync() => DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        _sweep?.Dispose();
        _routes.Close();
        if (_gatewayListener is not null)
        {
            await _gatewayListener.DisposeAsync();
        }

        if (_siloListener is not null)
        {
            await _siloListener.DisposeAsync();
        }

        await _connections.DisposeAsync();
    }

    private void AnswerClient(RemoteCaller client, in IncomingFrame frame)
    {
        if (frame.Body.IsEmpty || frame.Body.FirstSpan[0] != ControlTopic.GrainTypes)
        {
            throw new InvalidDataException("a control message that is not a client's to send");
        }

        var answer = OutgoingFrame.Rent(FrameKind.ControlAnswer, frame.CorrelationId);
        answer.Write([ControlStatus.Answered]);
        answer.Write(_grainTypes.Value);
        client.Send(answer);
    }

    private Task Open(CancellationToken token)
    {
        _siloListener = new(_settings, _endpoints.Silo, PeerRole.Silo, this, _connections);
        _siloListener.Start();
        _endpoints.Report();
        _views.Changed += OnChanged;
        _sweep = _settings.Time.CreateTimer(static network => ((SiloNetwork)network!).Sweep(), this, SweepPeriod, SweepPeriod);
        return Task.CompletedTask;
    }

    private Task OpenGateway(CancellationToken token)
    {
        if (_endpoints.Gateway is { } endpoint)
        {
            _gatewayListener = new(_settings, endpoint, PeerRole.Client, this);
            _gatewayListener.Start();
        }

        return Task.CompletedTask;
    }

    /// <summary>Clients send new calls elsewhere from now on; those that are here run on.</summary>
    private async Task SendClientsAway(CancellationToken token)
    {
        if (_gatewayListener is null)
        {
            return;
        }

        await _gatewayListener.StopListeningAsync();
        foreach (var connection in _gatewayListener.Connections)
        {
            var frame = OutgoingFrame.Rent(FrameKind.Goodbye, 0);
            if (connection.TrySend(frame) != SendOutcome.Queued)
            {
                frame.Return();
            }
        }
    }

    private async Task CloseGateway(CancellationToken token)
    {
        await DrainAsync(token);
        if (_gatewayListener is not null)
        {
            await _gatewayListener.StopAsync(token);
        }
    }

    /// <summary>The others know that this silo leaves: what is still under way here is what they sent before.</summary>
    private async Task DrainAsync(CancellationToken token) =>
        await _callers.WhenIdle().WaitAsync(_drainTimeout, _settings.Time, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private async Task Close(CancellationToken token)
    {
        await DrainAsync(token);
        _views.Changed -= OnChanged;
        _sweep?.Dispose();
        _routes.Close();
        _control.Close();
        if (_siloListener is not null)
        {
            await _siloListener.StopAsync(token);
        }

        await _connections.StopAsync(token);
    }

    private void TakeBack(OutgoingFrame frame, IAwaitsAnswer item)
    {
        var body = new System.Buffers.ReadOnlySequence<byte>(frame.Body);
        if (item is RelayedRequest relayed)
        {
            _requests.TakeBack(relayed, body);
        }
        else
        {
            _dispatcher.TakeBack((GrainCall)item, body.Slice(RequestHeader.LengthSize + RequestHeader.LengthOf(body)));
        }
    }

    private void Sweep()
    {
        foreach (var item in _calls.Pending.TakeExpired(_dispatcher.Clock.Now))
        {
            item.Expire();
        }
    }

    private void OnChanged(ClusterView view)
    {
        foreach (var member in view.Members)
        {
            if (member.Status is SiloStatus.ShuttingDown or SiloStatus.Stopping)
            {
                // It sends the answers that it still owes and closes its connections itself.
                _gone.Add(member.Address);
            }
            else if (view.IsDead(member.Address) && _gone.Add(member.Address))
            {
                _connections.Drop(member.Address, "it is dead");
            }
        }
    }

    [LoggerMessage(1831, LogLevel.Debug, "An answer to {Peer} was dropped: its connection is {Outcome}.")]
    private partial void LogAnswerDropped(Peer peer, SendOutcome outcome);
}
