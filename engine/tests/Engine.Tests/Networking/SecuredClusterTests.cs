using System.Net;
using Engine.Tests.Messaging;
using Orleans.Connections.Security;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Runtime.Messaging;
using Orleans.Runtime.Networking;

namespace Engine.Tests.Networking;

/// <summary>UseTls on the builders of silos and clients.</summary>
public sealed class SecuredClusterTests : IDisposable
{
    private readonly TestCertificates _own = new("own");
    private readonly TestCertificates _foreign = new("foreign");

    [Fact]
    public async Task Calls_OfASecuredClient_ReachTheGrainsOfAllSilos()
    {
        await using var cluster = await StartAsync();
        var client = await cluster.StartClientAsync(builder => builder.UseTls(_own.Issue("client"), Trust(_own)));

        foreach (var silo in cluster.Silos)
            Assert.Equal(silo.Name, await client.GetGrain<IRoamer>(cluster.KeyOn(silo)).Where());
    }

    [Fact]
    public async Task Strangers_WithoutTlsOrOfAForeignAuthority_AreRefusedByBothPorts()
    {
        await using var cluster = await StartAsync();
        var silo = cluster.Silos[0].Address;
        var gateway = SiloAddress.New(new(IPAddress.Loopback, cluster.Silos[0].GatewayPort), 0);
        var foreign = new NodeOptions { ClusterId = "dev", Security = Security(_foreign.Issue("stranger")) };
        foreach (var options in new[] { new NodeOptions { ClusterId = "dev" }, foreign })
        {
            await using var client = NetworkNode.StartClient(new(), options);
            await using var other = NetworkNode.StartSilo(new(), options);

            await Assert.ThrowsAsync<ConnectionFailedException>(() => client.Manager.ConnectAsync(gateway, TestContext.Current.CancellationToken).AsTask());
            await Assert.ThrowsAsync<ConnectionFailedException>(() => other.Manager.ConnectAsync(silo, TestContext.Current.CancellationToken).AsTask());
        }

        // The same with a certificate of the cluster's authority gets in: what was refused was the certificate.
        await using var friend = NetworkNode.StartClient(new(), foreign with { Security = Security(_own.Issue("friend")) });
        await friend.Manager.ConnectAsync(gateway, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Silo_WithoutACertificate_DoesNotStart()
    {
        var failure = await Assert.ThrowsAsync<OrleansConfigurationException>(() => SmallCluster.StartAsync(1, static silo => silo.UseTls(static _ => { })));

        Assert.Contains("LocalCertificate", failure.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _own.Dispose();
        _foreign.Dispose();
    }

    private Task<SmallCluster> StartAsync() => SmallCluster.StartAsync(2, silo => silo.UseTls(_own.Issue("silo"), Trust(_own)));

    private static Action<TlsOptions> Trust(TestCertificates authority) => options => options.RemoteCertificateValidation = (certificate, _, _) => authority.Issued(certificate);

    private static TransportSecurity Security(System.Security.Cryptography.X509Certificates.X509Certificate2 certificate)
    {
        var options = new TlsOptions { LocalCertificate = certificate };
        options.AllowAnyRemoteCertificate();
        return new(options);
    }
}
