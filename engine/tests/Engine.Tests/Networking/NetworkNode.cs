using System.Net;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Runtime.Networking;
using Orleans.TestingHost;

namespace Engine.Tests.Networking;

/// <summary>One silo's or client's side of the network, on loopback.</summary>
internal sealed class NetworkNode : IAsyncDisposable
{
    private readonly ConnectionListener? _listener;

    private NetworkNode(NetworkSettings settings, RecordingReceiver receiver, ConnectionManager manager, ConnectionListener? listener, SiloAddress? address)
    {
        Settings = settings;
        Receiver = receiver;
        Manager = manager;
        _listener = listener;
        Address = address;
    }

    public NetworkSettings Settings { get; }

    public RecordingReceiver Receiver { get; }

    public ConnectionManager Manager { get; }

    public ConnectionListener Listener => _listener!;

    /// <summary>Where others reach it.</summary>
    public SiloAddress? Address { get; }

    public IPEndPoint Endpoint => Listener.LocalEndPoint;

    /// <summary>A silo that listens on a free port; for clients, if it is to be a gateway.</summary>
    public static NetworkNode StartSilo(RecordingReceiver receiver, NodeOptions? options = null, PeerRole accepts = PeerRole.Silo)
    {
        options ??= new();
        var generation = SiloAddress.AllocateNewGeneration();
        var port = FreePorts.TakeOne();
        var address = SiloAddress.New(IPAddress.Loopback, port, generation);
        var settings = options.ToSettings(new(options.ClusterId, address, null));
        var manager = new ConnectionManager(settings, receiver);
        var listener = new ConnectionListener(settings, address.Endpoint, accepts, receiver, accepts == PeerRole.Silo ? manager : null);
        listener.Start();
        return new(settings, receiver, manager, listener, address);
    }

    public static NetworkNode StartClient(RecordingReceiver receiver, NodeOptions? options = null)
    {
        options ??= new();
        var settings = options.ToSettings(new(options.ClusterId, null, Guid.CreateVersion7()));
        return new(settings, receiver, new(settings, receiver), null, null);
    }

    public Task<Connection> ConnectAsync(NetworkNode other) => Manager.ConnectAsync(other.Address!, TestContext.Current.CancellationToken).AsTask();

    public async ValueTask DisposeAsync()
    {
        await Manager.DisposeAsync();
        if (_listener is not null)
            await _listener.DisposeAsync();
    }
}

/// <summary>What a test may change of a node.</summary>
internal sealed record NodeOptions
{
    public string ClusterId { get; init; } = "test";

    public NetworkOptions Network { get; init; } = new();

    public ConnectionOptions Connection { get; init; } = new();

    public SiloMessagingOptions Messaging { get; init; } = new();

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public ILoggerFactory Loggers { get; init; } = LoggerFactory.Create(static _ => { });

    public TransportSecurity? Security { get; init; }

    public IFrameFaults? Faults { get; init; }

    public NetworkSettings ToSettings(LocalPeer self) => new()
    {
        Self = self,
        Network = Network,
        Connection = Connection,
        Messaging = Messaging,
        Time = Time,
        Loggers = Loggers,
        Security = Security,
        Faults = Faults,
    };
}
