#if CRESCENT_TLS
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Orleans.Connections.Security;
#endif

namespace Crescent.Silo.Clustered;

/// <summary>
/// Only hosts with a certificate of the cluster's own authority can connect, and be connected to. What the certificate is
/// issued for does not matter: silos are known by addresses that change.
/// </summary>
internal static class MemberTls
{
#if CRESCENT_TLS
    public static void AddTls(this ISiloBuilder silo, MemberTlsOptions options)
    {
        if (!options.IsSet) return;
        var (own, authority) = Load(options);
        silo.UseTls(tls => Configure(tls, own, authority));
    }

    public static void AddTls(this IClientBuilder client, MemberTlsOptions options)
    {
        if (!options.IsSet) return;
        var (own, authority) = Load(options);
        client.UseTls(tls => Configure(tls, own, authority));
    }

    static void Configure(TlsOptions tls, X509Certificate2 own, X509Certificate2 authority)
    {
        tls.LocalCertificate = own;
        tls.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
        tls.ClientCertificateMode = RemoteCertificateMode.RequireCertificate;
        tls.RemoteCertificateValidation = (certificate, chain, _) => IsFrom(authority, certificate, chain);
    }

    /// <param name="shown">What the other side sent along.</param>
    static bool IsFrom(X509Certificate2 authority, X509Certificate2 certificate, X509Chain? shown)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        if (shown is not null) chain.ChainPolicy.ExtraStore.AddRange(shown.ChainPolicy.ExtraStore);
        return chain.Build(certificate);
    }

    static (X509Certificate2 Own, X509Certificate2 Authority) Load(MemberTlsOptions options)
    {
        try
        {
            return (X509Certificate2.CreateFromPemFile(options.CertificateFile, options.KeyFile), X509CertificateLoader.LoadCertificateFromFile(options.AuthorityFile));
        }
        catch (CryptographicException e)
        {
            throw new StartupException($"{MemberOptions.Section}:{nameof(MemberOptions.Tls)} names a certificate or key that cannot be used: {e.Message.TrimEnd('.')}.", e);
        }
    }
#else
    public static void AddTls(this ISiloBuilder silo, MemberTlsOptions options) => Refuse(silo, options);

    public static void AddTls(this IClientBuilder client, MemberTlsOptions options) => Refuse(client, options);

    static void Refuse(object builder, MemberTlsOptions options)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (options.IsSet)
            throw new StartupException($"{MemberOptions.Section}:{nameof(MemberOptions.Tls)} is set, but this build has no TLS: build it with -p:OrleansTls=true, or with ORLEANS_SOURCE=engine.");
    }
#endif
}
