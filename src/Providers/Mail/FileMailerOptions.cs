namespace Crescent.Providers.Mail;

/// <summary>Mails as files. Bound from <c>Crescent:Providers:FileMailer</c>.</summary>
public sealed class FileMailerOptions
{
    public const string Section = "Crescent:Providers:FileMailer";

    /// <summary>The folder the mails are written to.</summary>
    public string Folder { get; set; } = "data/mail";

    /// <summary>Who the mails are from.</summary>
    public string From { get; set; } = "Crescent <shop@crescent.example>";

    internal IEnumerable<string> Errors()
    {
        if (string.IsNullOrWhiteSpace(Folder))
            yield return $"{Section}:Folder is empty; it must name the folder that mails are written to.";
        if (!MailAddresses.IsValid(From))
            yield return $"{Section}:From is '{From}', which is no e-mail address.";
    }
}
