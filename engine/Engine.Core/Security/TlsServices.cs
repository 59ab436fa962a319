using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Runtime;
using Orleans.Runtime.Networking;

namespace Orleans.Connections.Security;

/// <summary>Has TLS secure all connections of a host.</summary>
internal static class TlsServices
{
    /// <param name="isSilo">A silo can't do without a certificate; a client can, if silos don't ask for one.</param>
    public static void AddTo(IServiceCollection services, bool isSilo, Action<TlsOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        services.Configure(configure);
        services.TryAddSingleton(provider => new TransportSecurity(provider.GetRequiredService<IOptions<TlsOptions>>().Value));
        services.AddSingleton<IConfigurationValidator>(provider => new Validator(provider.GetRequiredService<IOptions<TlsOptions>>(), isSilo));
    }

    private sealed class Validator(IOptions<TlsOptions> options, bool isSilo) : IConfigurationValidator
    {
        public void ValidateConfiguration()
        {
            var tls = options.Value;
            if (tls.LocalCertificate is null && (isSilo || tls.ClientCertificateMode == RemoteCertificateMode.RequireCertificate))
                throw new OrleansConfigurationException("TlsOptions.LocalCertificate is not set; TLS needs a certificate that this host shows to others.");
            if (tls.LocalCertificate is { HasPrivateKey: false })
                throw new OrleansConfigurationException("TlsOptions.LocalCertificate has no private key; without it this host can't prove that the certificate is its own.");
        }
    }
}
