using Crescent.GrainInterfaces.Notifications;
using Microsoft.Extensions.Logging;

namespace Crescent.Grains.Notifications;

public sealed partial class NotificationGrain
{
    [LoggerMessage(EventId = 3501, Level = LogLevel.Warning,
        Message = "{Kind} mail {CauseId} can't be sent ({Reason}); it is not tried again, everything else goes on without it.")]
    partial void LogUnsendable(MailKind kind, Guid causeId, string reason);

    [LoggerMessage(EventId = 3502, Level = LogLevel.Warning,
        Message = "{Kind} mail {CauseId} was not handed over; whoever wants it sent tries again.")]
    partial void LogNotSent(MailKind kind, Guid causeId, Exception exception);
}
