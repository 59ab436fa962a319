namespace Crescent.GrainInterfaces.Notifications;

/// <summary>
/// Sends one mail, once. Key: the id of what the mail is about (an order, or a user that registered). Its file name and
/// Message-ID derive from <see cref="SendMail.CauseId"/>, so that a repetition overwrites the same mail.
/// </summary>
[Alias("crescent.INotificationGrain")]
public interface INotificationGrain : IGrainWithStringKey
{
    /// <summary>Sends the mail, or says why not.</summary>
    [Alias("Send")]
    Task<MailOutcome> Send(SendMail command, CancellationToken cancellationToken = default);
}

/// <summary>Which mail.</summary>
[GenerateSerializer, Alias("crescent.MailKind")]
public enum MailKind
{
    /// <summary>To a user that has registered.</summary>
    Welcome = 0,

    /// <summary>To the buyer of an order that is on its way.</summary>
    OrderShipped = 1,
}

/// <summary>Sends a mail.</summary>
/// <param name="CauseId">The event or command the mail tells of; same cause, same mail.</param>
/// <param name="Kind">Which mail.</param>
/// <param name="UserId">To whom.</param>
[GenerateSerializer, Immutable, Alias("crescent.SendMail")]
public sealed record SendMail([property: Id(0)] Guid CauseId, [property: Id(1)] MailKind Kind, [property: Id(2)] string UserId);

/// <summary>What became of a mail.</summary>
[GenerateSerializer, Alias("crescent.MailOutcome")]
public enum MailOutcome
{
    /// <summary>It is out.</summary>
    Sent = 0,

    /// <summary>It can't be sent, ever; it is recorded as a dead letter.</summary>
    Unsendable = 1,

    /// <summary>There is nobody to send it to any more.</summary>
    NoRecipient = 2,

    /// <summary>The mail server gave no answer; trying again is safe.</summary>
    MailerUnavailable = 3,
}
