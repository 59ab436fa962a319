using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;

namespace Orleans.Connections.Security;

/// <summary>How connections are secured. Without changes, both sides have to show a certificate that the machine trusts.</summary>
public class TlsOptions
{
    /// <summary>What this side shows to the other; a silo must have one.</summary>
    public X509Certificate2? LocalCertificate { get; set; }

    /// <summary>What a silo asks of those who connect to it.</summary>
    public RemoteCertificateMode RemoteCertificateMode { get; set; } = RemoteCertificateMode.RequireCertificate;

    /// <summary>Whether this side shows its certificate to a silo that it connects to.</summary>
    public RemoteCertificateMode ClientCertificateMode { get; set; } = RemoteCertificateMode.AllowCertificate;

    /// <summary>Judges the other side's certificate in place of the usual rules.</summary>
    public RemoteCertificateValidator? RemoteCertificateValidation { get; set; }

    public SslProtocols SslProtocols { get; set; } = SslProtocols.Tls12 | SslProtocols.Tls13;

    /// <summary>Whether the lists of withdrawn certificates are asked for.</summary>
    public bool CheckCertificateRevocation { get; set; }

    /// <summary>Called before this side connects, to set the name that the other's certificate must have, for one.</summary>
    public Action<ConnectionContext, TlsClientAuthenticationOptions>? OnAuthenticateAsClient { get; set; }

    internal X509RevocationMode RevocationMode => CheckCertificateRevocation ? X509RevocationMode.Online : X509RevocationMode.NoCheck;

    /// <summary>Takes any certificate, whoever issued it: for development.</summary>
    public void AllowAnyRemoteCertificate() => RemoteCertificateValidation = static (_, _, _) => true;

    internal bool Accepts(RemoteCertificateMode mode, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null)
            return mode != RemoteCertificateMode.RequireCertificate;

        var shown = certificate as X509Certificate2 ?? X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        return RemoteCertificateValidation?.Invoke(shown, chain, errors) ?? errors == SslPolicyErrors.None;
    }
}

/// <summary>What a side asks of the other's certificate.</summary>
public enum RemoteCertificateMode
{
    /// <summary>It is not asked for.</summary>
    NoCertificate,

    /// <summary>It is asked for, and must be valid if there is one.</summary>
    AllowCertificate,

    RequireCertificate,
}

/// <summary>Whether a certificate is accepted.</summary>
public delegate bool RemoteCertificateValidator(X509Certificate2 certificate, X509Chain? chain, SslPolicyErrors policyErrors);

/// <summary>What can be set for a connection that is about to be made.</summary>
public class TlsClientAuthenticationOptions
{
    internal TlsClientAuthenticationOptions(SslClientAuthenticationOptions value) => Value = value;

    internal SslClientAuthenticationOptions Value { get; }

    /// <summary>The name that the other side's certificate must have.</summary>
    public string? TargetHost
    {
        get => Value.TargetHost;
        set => Value.TargetHost = value;
    }
}
