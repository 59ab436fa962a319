namespace Crescent.Domain.Mail;

/// <summary>Whoever sends mails. An exception is transient: the mail may be sent again, under the same id.</summary>
public interface IMailer
{
    Task<MailOutcome> SendAsync(MailMessage message, CancellationToken ct = default);

    /// <summary>Deletes what is kept of mails to this user.</summary>
    Task EraseAsync(string userId, CancellationToken ct = default);
}

/// <param name="Id">Id of the event that is the reason for it; names the mail and its file, so that a repetition replaces it.</param>
public sealed record MailMessage(Guid Id, string UserId, string To, string Subject, string Body)
{
    public override string ToString() => $"{nameof(MailMessage)} {Id}";
}

public abstract record MailOutcome
{
    MailOutcome()
    {
    }

    public sealed record Sent : MailOutcome;

    /// <summary>No retry will help.</summary>
    public sealed record Refused(string Reason) : MailOutcome;
}
