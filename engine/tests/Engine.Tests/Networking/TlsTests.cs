using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Orleans.Connections.Security;
using Orleans.Runtime.Messaging;
using Orleans.Runtime.Networking;

namespace Engine.Tests.Networking;

public sealed class TlsTests : IDisposable
{
    private readonly TestCertificates _own = new("own");
    private readonly TestCertificates _foreign = new("foreign");

    [Fact]
    public async Task OwnAuthority_OnBothSides_IsAcceptedAndServed()
    {
        await using var gateway = NetworkNode.StartSilo(RecordingReceiver.CreateEcho(), Secured(_own.Issue("silo")), PeerRole.Client);
        await using var client = NetworkNode.StartClient(new(), Secured(_own.Issue("client")));

        await AssertIsServedAsync(client, gateway);
    }

    [Fact]
    public async Task Silos_OfOneAuthority_Connect()
    {
        await using var one = NetworkNode.StartSilo(new(), Secured(_own.Issue("one")));
        await using var other = NetworkNode.StartSilo(RecordingReceiver.CreateEcho(), Secured(_own.Issue("other")));

        await AssertIsServedAsync(one, other);
    }

    [Fact]
    public async Task ForeignAuthority_OfAClient_IsRefused()
    {
        var log = new LogKeeper();
        await using var gateway = NetworkNode.StartSilo(new(), Secured(_own.Issue("silo")) with { Loggers = log }, PeerRole.Client);

        // It takes any certificate of the silo: who refuses is the silo.
        await using var client = NetworkNode.StartClient(new(), Secured(_foreign.Issue("client"), static options => options.AllowAnyRemoteCertificate()));

        await AssertIsRefusedAsync(client, gateway, log);
    }

    [Fact]
    public async Task ForeignAuthority_OfASilo_IsRefusedByItsClients()
    {
        await using var gateway = NetworkNode.StartSilo(new(), Secured(_foreign.Issue("silo"), static options => options.AllowAnyRemoteCertificate()), PeerRole.Client);
        await using var client = NetworkNode.StartClient(new(), Secured(_own.Issue("client")));

        var failure = await Assert.ThrowsAsync<ConnectionFailedException>(() => client.ConnectAsync(gateway));

        Assert.IsType<AuthenticationException>(failure.InnerException);
    }

    [Fact]
    public async Task Client_WithoutACertificate_IsRefused()
    {
        var log = new LogKeeper();
        await using var gateway = NetworkNode.StartSilo(new(), Secured(_own.Issue("silo")) with { Loggers = log }, PeerRole.Client);
        await using var client = NetworkNode.StartClient(new(), Secured(null));

        await AssertIsRefusedAsync(client, gateway, log);
    }

    [Fact]
    public async Task Client_WithoutACertificate_IsAcceptedWhereNoneIsAskedFor()
    {
        await using var gateway = NetworkNode.StartSilo(
            RecordingReceiver.CreateEcho(), Secured(_own.Issue("silo"), static options => options.RemoteCertificateMode = RemoteCertificateMode.NoCertificate), PeerRole.Client);
        await using var client = NetworkNode.StartClient(new(), Secured(null));

        await AssertIsServedAsync(client, gateway);
    }

    [Fact]
    public async Task CertificatesThatNobodyTrusts_ByTheUsualRules_AreRefused()
    {
        await using var gateway = NetworkNode.StartSilo(new(), Secured(_own.Issue("silo")), PeerRole.Client);
        await using var client = NetworkNode.StartClient(new(), Secured(_own.Issue("client"), static options => options.RemoteCertificateValidation = null));

        await Assert.ThrowsAsync<ConnectionFailedException>(() => client.ConnectAsync(gateway));
    }

    [Fact]
    public async Task Plaintext_ToASecuredPort_IsRefused()
    {
        var log = new LogKeeper();
        await using var gateway = NetworkNode.StartSilo(new(), Secured(_own.Issue("silo")) with { Loggers = log }, PeerRole.Client);
        await using var client = NetworkNode.StartClient(new());

        await AssertIsRefusedAsync(client, gateway, log);
    }

    [Fact]
    public async Task SecuredClient_OfAPlaintextPort_FailsWithoutSendingAnything()
    {
        await using var gateway = NetworkNode.StartSilo(new(), null, PeerRole.Client);
        await using var client = NetworkNode.StartClient(new(), Secured(_own.Issue("client")));

        await Assert.ThrowsAsync<ConnectionFailedException>(() => client.ConnectAsync(gateway));
    }

    [Fact]
    public async Task TargetHost_SetByTheClient_IsTheNameThatIsChecked()
    {
        await using var gateway = NetworkNode.StartSilo(RecordingReceiver.CreateEcho(), Secured(_own.Issue("silo")), PeerRole.Client);
        var errors = new List<SslPolicyErrors>();

        Task<Connection> ConnectAsync(string name, NetworkNode client) => client.ConnectAsync(gateway);
        await using var right = NetworkNode.StartClient(new(), Secured(_own.Issue("client"), Keep));
        await using var wrong = NetworkNode.StartClient(new(), Secured(_own.Issue("client"), options =>
        {
            Keep(options);
            options.OnAuthenticateAsClient = static (_, authentication) => authentication.TargetHost = "elsewhere.example";
        }));
        await ConnectAsync("right", right);
        await ConnectAsync("wrong", wrong);

        Assert.Equal([false, true], errors.Select(static error => error.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)));

        void Keep(TlsOptions options) => options.RemoteCertificateValidation = (_, _, error) =>
        {
            errors.Add(error);
            return true;
        };
    }

    public void Dispose()
    {
        _own.Dispose();
        _foreign.Dispose();
    }

    private NodeOptions Secured(X509Certificate2? certificate, Action<TlsOptions>? configure = null)
    {
        var options = new TlsOptions { LocalCertificate = certificate, RemoteCertificateValidation = (other, _, _) => _own.Issued(other) };
        configure?.Invoke(options);
        return new() { Security = new TransportSecurity(options) };
    }

    private static async Task AssertIsServedAsync(NetworkNode caller, NetworkNode callee)
    {
        var connection = await caller.ConnectAsync(callee);
        foreach (var size in new[] { 0, 100, 1_000_000 })
        {
            var frame = OutgoingFrame.Rent(FrameKind.Request, size);
            frame.Write(Frames.Body(size));
            Assert.Equal(SendOutcome.Queued, connection.TrySend(frame));
            var answer = await caller.Receiver.NextFrameAsync();
            Assert.True(Frames.Body(size).AsSpan().SequenceEqual(answer.Body));
        }
    }

    private static async Task AssertIsRefusedAsync(NetworkNode client, NetworkNode gateway, LogKeeper log)
    {
        await Assert.ThrowsAsync<ConnectionFailedException>(() => client.ConnectAsync(gateway));
        await Crescent.Testing.Eventually.TrueAsync(() => Task.FromResult(gateway.Listener.Count == 0), TestContext.Current.CancellationToken);
        Assert.Contains(log.Entries, static entry => entry.Level == LogLevel.Warning && entry.Text.Contains("refused", StringComparison.Ordinal));
    }
}
