using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Connections.Security;
using Orleans.Runtime.Networking;

namespace Engine.Tests.Networking;

public sealed class ListeningEndpointsTests
{
    private static readonly IPAddress s_public = IPAddress.Parse("192.0.2.7");

    [Fact]
    public void WithoutTls_AnAdvertisedAddress_IsNotListenedOn()
    {
        var (endpoints, log) = Choose(new() { AdvertisedIPAddress = s_public, SiloPort = 1, GatewayPort = 2 }, isSecured: false);

        Assert.Equal((new(IPAddress.Loopback, 1), new IPEndPoint(IPAddress.Loopback, 2)), (endpoints.Silo, endpoints.Gateway));
        Assert.All(log.Entries, static entry => Assert.Equal(LogLevel.Warning, entry.Level));
        Assert.Contains(log.Entries, static entry => entry.Text.Contains("192.0.2.7", StringComparison.Ordinal));
    }

    [Fact]
    public void WithoutTls_AnEndpointThatIsAskedFor_IsListenedOnWithAWarning()
    {
        var (endpoints, log) = Choose(new() { AdvertisedIPAddress = s_public, SiloPort = 1, GatewayPort = 0, SiloListeningEndpoint = new(IPAddress.Any, 1) }, isSecured: false);

        Assert.Equal(new(IPAddress.Any, 1), endpoints.Silo);
        Assert.Null(endpoints.Gateway);
        Assert.Equal(LogLevel.Warning, Assert.Single(log.Entries).Level);
    }

    [Fact]
    public void WithTls_TheAdvertisedAddress_IsListenedOn()
    {
        var (endpoints, log) = Choose(new() { AdvertisedIPAddress = s_public, SiloPort = 1, GatewayPort = 2 }, isSecured: true);

        Assert.Equal((new(s_public, 1), new IPEndPoint(s_public, 2)), (endpoints.Silo, endpoints.Gateway));
        Assert.All(log.Entries, static entry => Assert.Equal(LogLevel.Information, entry.Level));
    }

    [Fact]
    public void OnLoopback_NothingIsWrong()
    {
        var (endpoints, log) = Choose(new() { AdvertisedIPAddress = IPAddress.IPv6Loopback, SiloPort = 1, GatewayPort = 2 }, isSecured: false);

        Assert.Equal(new(IPAddress.IPv6Loopback, 1), endpoints.Silo);
        Assert.All(log.Entries, static entry => Assert.Equal(LogLevel.Information, entry.Level));
    }

    private static (ListeningEndpoints Endpoints, LogKeeper Log) Choose(EndpointOptions options, bool isSecured)
    {
        var log = new LogKeeper();
        var settings = new NodeOptions { Loggers = NullLoggerFactory.Instance, Security = isSecured ? new(new TlsOptions()) : null }.ToSettings(new("test", null, null));
        var endpoints = new ListeningEndpoints(Options.Create(options), settings, new Logger<ListeningEndpoints>(log));
        endpoints.Report();
        return (endpoints, log);
    }
}
