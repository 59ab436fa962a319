using System.Security.Cryptography.X509Certificates;
using Orleans.Connections.Security;

namespace Orleans.Hosting;

/// <summary>Secures the connections of silos and clients with TLS.</summary>
public static class OrleansConnectionSecurityHostingExtensions
{
    /// <param name="certificate">What this silo shows to others, with its private key.</param>
    public static ISiloBuilder UseTls(this ISiloBuilder builder, X509Certificate2 certificate) => builder.UseTls(certificate, static _ => { });

    /// <inheritdoc cref="UseTls(ISiloBuilder, X509Certificate2)"/>
    public static ISiloBuilder UseTls(this ISiloBuilder builder, X509Certificate2 certificate, Action<TlsOptions> configureOptions)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return builder.UseTls(options => Configure(options, certificate, configureOptions));
    }

    public static ISiloBuilder UseTls(this ISiloBuilder builder, Action<TlsOptions> configureOptions)
    {
        ArgumentNullException.ThrowIfNull(builder);
        TlsServices.AddTo(builder.Services, isSilo: true, configureOptions);
        return builder;
    }

    /// <param name="certificate">What this client shows to silos, with its private key.</param>
    public static IClientBuilder UseTls(this IClientBuilder builder, X509Certificate2 certificate) => builder.UseTls(certificate, static _ => { });

    /// <inheritdoc cref="UseTls(IClientBuilder, X509Certificate2)"/>
    public static IClientBuilder UseTls(this IClientBuilder builder, X509Certificate2 certificate, Action<TlsOptions> configureOptions)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return builder.UseTls(options => Configure(options, certificate, configureOptions));
    }

    public static IClientBuilder UseTls(this IClientBuilder builder, Action<TlsOptions> configureOptions)
    {
        ArgumentNullException.ThrowIfNull(builder);
        TlsServices.AddTo(builder.Services, isSilo: false, configureOptions);
        return builder;
    }

    private static void Configure(TlsOptions options, X509Certificate2 certificate, Action<TlsOptions> configure)
    {
        options.LocalCertificate = certificate;
        configure(options);
    }
}
