using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Orleans.Messaging;
using Orleans.Runtime.Messaging;
using Orleans.Runtime.Networking;

namespace Orleans.Runtime;

/// <summary>Keeps a client connected to the gateways of its cluster.</summary>
internal sealed partial class GatewayConnections : IFrameReceiver, IAsyncDisposable
{
    /// <summary>How often at most the list of gateways is read because one was lost.</summary>
    private static readonly TimeSpan MinRefreshPeriod = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<SiloAddress, Gateway> _gateways = [];
    private readonly ConcurrentDictionary<long, (Connection Connection, TaskCompletionSource<byte[]> Answer)> _asked = new();
    private readonly IGatewayListProvider _list;
    private readonly Gateways _usable;
    private readonly RemoteGrainTypes _grainTypes;
    private readonly ConnectionManager _connections;
    private readonly NetworkSettings _settings;
    private readonly TimeSpan _refreshPeriod;
    private readonly ClusterConnectionEvents _events;
    private readonly ILogger<GatewayConnections> _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Task> _running = [];
    private TaskCompletionSource _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isListReady;
    private long _lastNumber;

    public GatewayConnections(
        IGatewayListProvider list,
        Gateways usable,
        RemoteGrainTypes grainTypes,
        NetworkSettings settings,
        TimeSpan refreshPeriod,
        ClusterConnectionEvents events,
        ILogger<GatewayConnections> logger)
    {
        _list = list;
        _usable = usable;
        _grainTypes = grainTypes;
        _settings = settings;
        _refreshPeriod = refreshPeriod;
        _events = events;
        _logger = logger;
        _connections = new(settings, this);
    }

    /// <summary>Connects to at least one gateway, and from then on to all.</summary>
    /// <exception cref="SiloUnavailableException">There is none, or none can be reached.</exception>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        if (!_isListReady)
        {
            await _list.InitializeGatewayListProvider().WaitAsync(cancellationToken);
            _isListReady = true;
        }

        await RefreshAsync(cancellationToken);
        if (_usable.Count > 0)
        {
            return;
        }

        Task<Exception?>[] attempts;
        lock (_gate)
        {
            attempts = [.. _gateways.Values.Select(gateway => gateway.FirstAttempt.Task)];
        }

        if (attempts.Length == 0)
        {
            throw new SiloUnavailableException("The list of gateways is empty: no silo of the cluster is active, or none has a gateway.");
        }

        Exception? failure = null;
        await foreach (var attempt in Task.WhenEach(attempts).WithCancellation(cancellationToken))
        {
            failure = await attempt;
            if (failure is null)
            {
                return;
            }
        }

        if (_usable.Count == 0)
        {
            throw new SiloUnavailableException($"None of {attempts.Length} gateways can be reached; the last one: {failure!.Message}", failure);
        }
    }

    /// <summary>Follows the list of gateways.</summary>
    public void Start()
    {
        lock (_gate)
        {
            _running.Add(FollowListAsync());
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        _usable.Use([]);
        await _connections.StopAsync(cancellationToken);
        Task[] running;
        lock (_gate)
        {
            running = [.. _running];
        }

        await Task.WhenAll(running).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _connections.DisposeAsync();
        _stopping.Dispose();
    }

    public void Opened(Connection connection)
    {
    }

    public void Received(Connection connection, in IncomingFrame frame)
    {
        switch (frame.Kind)
        {
            case FrameKind.Response:
                _usable.Receive(connection, frame);
                break;
            case FrameKind.Goodbye:
                Leave(connection);
                break;
            case FrameKind.ControlAnswer:
                ReceiveAnswer(connection, frame);
                break;
        }
    }

    public void Unsent(Connection connection, OutgoingFrame frame)
    {
        if (frame.Kind == FrameKind.Request)
        {
            // The gateways that are left must be known before another one is chosen.
            Lose(connection);
            _usable.Unsent(connection, frame);
        }
        else
        {
            frame.Return();
        }
    }

    public void Closed(Connection connection, Exception? reason)
    {
        Lose(connection);
        foreach (var (_, asked) in _asked)
        {
            if (ReferenceEquals(asked.Connection, connection))
            {
                asked.Answer.TrySetException(new ConnectionFailedException($"The connection to {connection.Peer} was lost."));
            }
        }
    }

    private async Task FollowListAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            var period = Task.Delay(_refreshPeriod, _settings.Time, _stopping.Token);
            await Task.WhenAny(period, Volatile.Read(ref _lost).Task);
            await Task.Delay(MinRefreshPeriod, _settings.Time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Volatile.Write(ref _lost, new(TaskCreationOptions.RunContinuationsAsynchronously));
            try
            {
                await RefreshAsync(_stopping.Token);
            }
            catch (Exception exception) when (!_stopping.IsCancellationRequested)
            {
                LogRefreshFailed(exception, _refreshPeriod);
            }
            catch (Exception)
            {
                return;
            }
        }
    }

    private async Task RefreshAsync(CancellationToken token)
    {
        var listed = (await _list.GetGateways().WaitAsync(token)).Select(GatewayUris.ToGatewayAddress).ToHashSet();
        lock (_gate)
        {
            if (listed.Count == 0 && _usable.Count > 0)
            {
                // Whoever answers is better than nobody.
                return;
            }

            foreach (var (address, gateway) in _gateways)
            {
                gateway.IsListed = listed.Contains(address);
            }

            foreach (var address in listed.Where(address => !_gateways.ContainsKey(address)))
            {
                var gateway = new Gateway(address);
                _gateways.Add(address, gateway);
                _running.RemoveAll(task => task.IsCompleted);
                _running.Add(KeepConnectedAsync(gateway));
            }

            Publish_NeedsLock();
        }
    }

    /// <summary>Tells the callers which gateways there are.</summary>
    private void Publish_NeedsLock()
    {
        var usable = _gateways.Values
            .Where(gateway => gateway is { Connection.IsClosed: false, IsListed: true, IsLeaving: false })
            .OrderBy(gateway => gateway.Address)
            .Select(gateway => gateway.Connection!)
            .ToArray();
        var before = _usable.Count;
        _usable.Use(usable);
        _events.Changed(usable.Length, before);
    }

    private void Leave(Connection connection)
    {
        lock (_gate)
        {
            if (Find_NeedsLock(connection) is { } gateway)
            {
                gateway.IsLeaving = true;
                LogLeaving(gateway.Address);
                Publish_NeedsLock();
                Volatile.Read(ref _lost).TrySetResult();
            }
        }
    }

    private void Lose(Connection connection)
    {
        lock (_gate)
        {
            if (Find_NeedsLock(connection) is { } gateway)
            {
                gateway.Connection = null;
                Publish_NeedsLock();
                Volatile.Read(ref _lost).TrySetResult();
            }
        }
    }

    private Gateway? Find_NeedsLock(Connection connection) => _gateways.Values.FirstOrDefault(gateway => ReferenceEquals(gateway.Connection, connection));
}
