using Crescent.Domain.Mail;
using Crescent.GrainInterfaces;
using Crescent.GrainInterfaces.Notifications;
using Crescent.GrainInterfaces.Orders;
using Crescent.GrainInterfaces.Users;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Contract = Crescent.GrainInterfaces.Notifications;

namespace Crescent.Grains.Notifications;

/// <summary>
/// Writes mails and hands them over. It remembers nothing: the mail is named after its cause, so that sending it again
/// replaces it.
/// </summary>
public sealed partial class NotificationGrain(IMailer mailer, IOptions<NotificationOptions> options, TimeProvider time, ILogger<NotificationGrain> logger)
    : Grain, INotificationGrain
{
    public async Task<Contract.MailOutcome> Send(SendMail command, CancellationToken cancellationToken)
    {
        var user = await GrainFactory.GetGrain<IUserGrain>(command.UserId).Get(Caller.Hub, cancellationToken);
        if (user is null || await WriteAsync(command, user, cancellationToken) is not { } mail) return Contract.MailOutcome.NoRecipient;

        var outcome = await ProviderCall.TryAsync(
            limit => mailer.SendAsync(mail, limit), options.Value.SendTimeout, time, e => LogNotSent(command.Kind, command.CauseId, e));
        if (outcome is null) return Contract.MailOutcome.MailerUnavailable;
        if (outcome is not Domain.Mail.MailOutcome.Refused refused) return Contract.MailOutcome.Sent;
        LogUnsendable(command.Kind, command.CauseId, refused.Reason);
        return Contract.MailOutcome.Unsendable;
    }

    /// <summary>Null if what the mail tells of is not there.</summary>
    async Task<MailMessage?> WriteAsync(SendMail command, UserView user, CancellationToken cancellationToken)
    {
        if (command.Kind == MailKind.Welcome)
            return new MailMessage(command.CauseId, user.Id, user.Email, "Welcome to Crescent", $"Dear {user.Name},\n\nyour account is ready.\n");

        var order = await GrainFactory.GetGrain<IOrderGrain>(this.GetPrimaryKeyString()).Get(Caller.Hub, cancellationToken);
        if (order is null) return null;
        var lines = string.Join('\n', order.Items.Select(line => $"  {line.Quantity} x {line.Name}: {line.LineTotal} {order.Currency}"));
        return new MailMessage(
            command.CauseId, user.Id, user.Email, $"Your order {order.Id} is on its way",
            $"Dear {order.UserName},\n\nwe have shipped your order:\n\n{lines}\n\n  Total: {order.Total} {order.Currency}\n");
    }
}
