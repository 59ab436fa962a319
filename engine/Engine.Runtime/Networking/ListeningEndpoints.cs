using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Runtime.Networking;

/// <summary>
/// Where a silo listens: where it was told to; else, if its connections are secured, at the address that it advertises,
/// and if they are not, on loopback alone.
/// </summary>
internal sealed partial class ListeningEndpoints
{
    private readonly ILogger<ListeningEndpoints> _logger;
    private readonly bool _isSecured;
    private readonly IPAddress _advertised;

    public ListeningEndpoints(IOptions<EndpointOptions> options, NetworkSettings settings, ILogger<ListeningEndpoints> logger)
    {
        _logger = logger;
        _isSecured = settings.Security is not null;
        _advertised = options.Value.AdvertisedIPAddress ?? IPAddress.Loopback;
        Silo = options.Value.SiloListeningEndpoint ?? Default(options.Value.SiloPort);
        Gateway = options.Value.GatewayPort == 0 ? null : options.Value.GatewayListeningEndpoint ?? Default(options.Value.GatewayPort);
    }

    /// <summary>For other silos.</summary>
    public IPEndPoint Silo { get; }

    /// <summary>For clients; null if the silo is no gateway.</summary>
    public IPEndPoint? Gateway { get; }

    /// <summary>Says in the log how safe it is; called once, when the silo starts to listen.</summary>
    public void Report()
    {
        foreach (var endpoint in new[] { Silo, Gateway }.OfType<IPEndPoint>())
        {
            if (_isSecured)
                LogSecured(endpoint);
            else if (!IPAddress.IsLoopback(endpoint.Address))
                LogOpen(endpoint);
            else if (IPAddress.IsLoopback(_advertised))
                LogLoopback(endpoint);
            else
                LogUnreachable(endpoint, _advertised);
        }
    }

    private IPEndPoint Default(int port)
    {
        if (_isSecured)
            return new(_advertised, port);
        return new(_advertised.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Loopback : IPAddress.Loopback, port);
    }

    [LoggerMessage(631, LogLevel.Information, "{Endpoint} takes connections that TLS secures.")]
    private partial void LogSecured(IPEndPoint endpoint);

    [LoggerMessage(632, LogLevel.Information, "{Endpoint} takes connections without TLS, of this machine only.")]
    private partial void LogLoopback(IPEndPoint endpoint);

    [LoggerMessage(633, LogLevel.Warning, "{Endpoint} takes connections without TLS: whoever can reach it can call every grain. Use it in a network that nobody else can enter, or configure TLS.")]
    private partial void LogOpen(IPEndPoint endpoint);

    [LoggerMessage(634, LogLevel.Warning, "{Endpoint} takes connections of this machine only, since they are without TLS, although {Advertised} is advertised: other machines can't connect. Configure TLS, or set the listening endpoint.")]
    private partial void LogUnreachable(IPEndPoint endpoint, IPAddress advertised);
}
