using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Orleans.Hosting;

/// <summary>Says where a silo listens and what it tells others of it.</summary>
public static class EndpointOptionsExtensions
{
    /// <param name="advertisedIP">Where others reach the silo.</param>
    /// <param name="siloPort">For other silos.</param>
    /// <param name="gatewayPort">For clients; 0 for no gateway.</param>
    /// <param name="listenOnAnyHostAddress">Listens on every address of this machine instead of the advertised one alone.</param>
    public static ISiloBuilder ConfigureEndpoints(this ISiloBuilder builder, IPAddress advertisedIP, int siloPort, int gatewayPort, bool listenOnAnyHostAddress = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(advertisedIP);
        builder.Services.Configure<EndpointOptions>(options =>
        {
            options.AdvertisedIPAddress = advertisedIP;
            options.SiloPort = siloPort;
            options.GatewayPort = gatewayPort;
            if (!listenOnAnyHostAddress)
                return;

            var any = advertisedIP.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any;
            options.SiloListeningEndpoint = new(any, siloPort);
            options.GatewayListeningEndpoint = gatewayPort == 0 ? null : new(any, gatewayPort);
        });
        return builder;
    }

    /// <summary>The same with the address that the name has.</summary>
    /// <exception cref="OrleansConfigurationException">It has none of the family.</exception>
    public static ISiloBuilder ConfigureEndpoints(
        this ISiloBuilder builder,
        string? hostname,
        int siloPort,
        int gatewayPort,
        AddressFamily addressFamily = AddressFamily.InterNetwork,
        bool listenOnAnyHostAddress = false) =>
        builder.ConfigureEndpoints(Resolve(string.IsNullOrEmpty(hostname) ? Dns.GetHostName() : hostname, addressFamily), siloPort, gatewayPort, listenOnAnyHostAddress);

    /// <summary>The same with the address that this machine's name has.</summary>
    /// <inheritdoc cref="ConfigureEndpoints(ISiloBuilder, string, int, int, AddressFamily, bool)"/>
    public static ISiloBuilder ConfigureEndpoints(
        this ISiloBuilder builder,
        int siloPort,
        int gatewayPort,
        AddressFamily addressFamily = AddressFamily.InterNetwork,
        bool listenOnAnyHostAddress = false) =>
        builder.ConfigureEndpoints(null, siloPort, gatewayPort, addressFamily, listenOnAnyHostAddress);

    private static IPAddress Resolve(string name, AddressFamily family)
    {
        if (IPAddress.TryParse(name, out var literal))
            return literal;

        try
        {
            var addresses = Dns.GetHostAddresses(name, family);

            // Others reach this machine by an address that is not loopback, if it has one.
            return addresses.FirstOrDefault(address => !IPAddress.IsLoopback(address)) ?? addresses.FirstOrDefault()
                ?? throw new OrleansConfigurationException($"The host name '{name}' has no address of the family {family}.");
        }
        catch (SocketException e)
        {
            throw new OrleansConfigurationException($"The host name '{name}' has no address: {e.Message}", e);
        }
    }
}
