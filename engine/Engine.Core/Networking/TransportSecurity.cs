using System.IO.Pipelines;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Orleans.Connections.Security;

namespace Orleans.Runtime.Networking;

/// <summary>Secures connections with TLS: each side shows its certificate and judges the other's.</summary>
internal sealed class TransportSecurity(TlsOptions options)
{
    public async Task<Transport> AuthenticateAsServerAsync(Socket socket, CancellationToken cancellationToken)
    {
        var stream = CreateStream(socket, options.RemoteCertificateMode);
        try
        {
            await stream.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions
                {
                    ServerCertificate = options.LocalCertificate,
                    ClientCertificateRequired = options.RemoteCertificateMode != RemoteCertificateMode.NoCertificate,
                    EnabledSslProtocols = options.SslProtocols,
                    CertificateRevocationCheckMode = options.RevocationMode,
                    AllowTlsResume = false,
                },
                cancellationToken);
            return new SecureTransport(stream, socket);
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    public async Task<Transport> AuthenticateAsClientAsync(Socket socket, IPEndPoint endpoint, CancellationToken cancellationToken)
    {
        var settings = new TlsClientAuthenticationOptions(new()
        {
            // Silos are known by their addresses; whoever issues certificates to names sets the name.
            TargetHost = endpoint.Address.ToString(),
            ClientCertificates = options is { LocalCertificate: { } own, ClientCertificateMode: not RemoteCertificateMode.NoCertificate } ? [own] : null,
            EnabledSslProtocols = options.SslProtocols,
            CertificateRevocationCheckMode = options.RevocationMode,

            // Connections live long; each of them is to show that its certificate is good.
            AllowTlsResume = false,
        });
        options.OnAuthenticateAsClient?.Invoke(new DefaultConnectionContext { RemoteEndPoint = endpoint, LocalEndPoint = socket.LocalEndPoint }, settings);
        var stream = CreateStream(socket, RemoteCertificateMode.RequireCertificate);
        try
        {
            await stream.AuthenticateAsClientAsync(settings.Value, cancellationToken);
            return new SecureTransport(stream, socket);
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    private SslStream CreateStream(Socket socket, RemoteCertificateMode mode) =>
        new(new NetworkStream(socket, ownsSocket: true), leaveInnerStreamOpen: false, (_, certificate, chain, errors) => options.Accepts(mode, certificate, chain, errors));

    /// <summary>An authenticated stream as pipes.</summary>
    private sealed class SecureTransport(SslStream stream, Socket socket) : Transport
    {
        /// <summary>A TLS record holds as much.</summary>
        private const int BufferSize = 16 * 1024;

        public override PipeReader Input { get; } = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: BufferSize, leaveOpen: true));

        public override PipeWriter Output { get; } = PipeWriter.Create(stream, new StreamPipeWriterOptions(minimumBufferSize: BufferSize, leaveOpen: true));

        public override void Abort() => socket.Close(0);

        public override async ValueTask DisposeAsync()
        {
            try
            {
                await Output.CompleteAsync();
                await Input.CompleteAsync();
            }
            finally
            {
                await stream.DisposeAsync();
            }
        }
    }
}
