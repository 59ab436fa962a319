namespace Crescent.Silo.Clustered;

/// <summary>TLS between the hosts of a cluster, both sides showing a certificate: <c>Crescent:Cluster:Tls</c>.</summary>
public sealed class MemberTlsOptions
{
    /// <summary>This host's certificate (PEM), followed by those between it and the authority's. Without one connections are not encrypted.</summary>
    public string CertificateFile { get; set; } = "";

    /// <summary>The certificate's private key (PEM).</summary>
    public string KeyFile { get; set; } = "";

    /// <summary>The certificate (PEM) of the only authority whose certificates are accepted.</summary>
    public string AuthorityFile { get; set; } = "";

    internal bool IsSet => CertificateFile.Length > 0;

    /// <summary>What is missing, or null.</summary>
    internal string? FindFault()
    {
        string[] files = [CertificateFile, KeyFile, AuthorityFile];
        if (files.All(static file => file.Length == 0)) return null;
        if (files.Any(static file => file.Length == 0)) return "CertificateFile, KeyFile and AuthorityFile belong together";
        return files.FirstOrDefault(static file => !File.Exists(file)) is { } missing ? $"there is no file '{missing}'" : null;
    }
}
