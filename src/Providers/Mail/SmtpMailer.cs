using System.Net;
using System.Net.Mail;
using Crescent.Domain.Mail;
using Microsoft.Extensions.Options;
using MailMessage = Crescent.Domain.Mail.MailMessage;

namespace Crescent.Providers.Mail;

/// <summary>Sends mails over SMTP. The Message-ID derives from the message's id, by which a receiver knows a repetition.</summary>
public sealed class SmtpMailer(IOptions<SmtpMailerOptions> options) : IMailer
{
    private const int FirstPermanentCode = 500;

    public async Task<MailOutcome> SendAsync(MailMessage message, CancellationToken ct = default)
    {
        if (!MailAddresses.TryParse(message.To, out var to))
            return new MailOutcome.Refused("invalid_address");

        var settings = options.Value;
        _ = MailAddresses.TryParse(settings.From, out var from);
        using var mail = new System.Net.Mail.MailMessage(from!, to) { Subject = message.Subject, Body = message.Body };
        mail.Headers["Message-ID"] = MailText.MessageId(message.Id, from!.Host);
        using var client = new SmtpClient(settings.Host, settings.Port) { EnableSsl = settings.UseTls };
        if (settings.User.Length > 0)
            client.Credentials = new NetworkCredential(settings.User, settings.Password);
        try
        {
            await client.SendMailAsync(mail, ct);
            return new MailOutcome.Sent();
        }
        catch (SmtpFailedRecipientException e) when ((int)e.StatusCode >= FirstPermanentCode)
        {
            return new MailOutcome.Refused($"smtp_{(int)e.StatusCode}");
        }
    }

    /// <summary>Nothing is kept of a mail that was handed over.</summary>
    public Task EraseAsync(string userId, CancellationToken ct = default) => Task.CompletedTask;
}
