namespace Crescent.Providers.Mail;

/// <summary>Mails over SMTP. Bound from <c>Crescent:Providers:Smtp</c>.</summary>
public sealed class SmtpMailerOptions
{
    public const string Section = "Crescent:Providers:Smtp";

    /// <summary>Name or address of the mail server.</summary>
    public string Host { get; set; } = "";

    /// <summary>The port it takes mails on.</summary>
    public int Port { get; set; } = 587;

    /// <summary>Encrypts the connection with STARTTLS; without it the server must be one on the same machine or network.</summary>
    public bool UseTls { get; set; } = true;

    /// <summary>Who logs in; empty for a server that asks nobody.</summary>
    public string User { get; set; } = "";

    /// <summary>The password of whoever logs in.</summary>
    public string Password { get; set; } = "";

    /// <summary>Who the mails are from.</summary>
    public string From { get; set; } = "";

    internal IEnumerable<string> Errors()
    {
        if (string.IsNullOrWhiteSpace(Host))
            yield return $"{Section}:Host is empty; it must name the mail server.";
        if (Port is < 1 or > 65535)
            yield return $"{Section}:Port is {Port}; it must be from 1 to 65535.";
        if (!MailAddresses.IsValid(From))
            yield return $"{Section}:From is '{From}', which is no e-mail address.";
    }
}
