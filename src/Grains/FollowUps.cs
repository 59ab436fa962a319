using Crescent.Domain.Orders;
using Crescent.Domain.Users;
using Crescent.EventStore;
using Crescent.GrainInterfaces.Notifications;
using Crescent.GrainInterfaces.OrderSaga;
using Crescent.GrainInterfaces.Users;

namespace Crescent.Grains;

/// <summary>
/// What has to follow from what happened, whoever died meanwhile. Most of it was done right after the event; a consumer
/// of the log that comes after with its checkpoint makes sure. All of it may be repeated.
/// </summary>
public sealed class FollowUps(IGrainFactory grains)
{
    /// <summary>Does what follows from the event. An exception means that it must be tried again before later events are.</summary>
    public Task ApplyAsync(RecordedEvent recorded, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        return recorded.Event switch
        {
            OrderEvent.Placed e => grains.GetGrain<IOrderSagaGrain>(e.OrderId).Start(cancellationToken),
            OrderEvent.CancelRequested e => grains.GetGrain<IOrderSagaGrain>(e.OrderId).RequestCancel(cancellationToken),
            UserEvent.Created e => WelcomeAsync(e, recorded.EventId, cancellationToken),
            UserEvent.Updated { ReleasedEmailKey: { } released } e => MoveAsync(e, released, recorded.EventId, cancellationToken),
            UserEvent.Erased e => grains.GetGrain<IUserGrain>(e.UserId).FinishErasure(recorded.EventId, cancellationToken),
            _ => Task.CompletedTask,
        };
    }

    async Task WelcomeAsync(UserEvent.Created e, Guid eventId, CancellationToken cancellationToken)
    {
        var user = grains.GetGrain<IUserGrain>(e.UserId);
        await user.SettleEmail(e.EmailKey, eventId, cancellationToken);
        var outcome = await grains.GetGrain<INotificationGrain>(e.UserId)
            .Send(new SendMail(eventId, MailKind.Welcome, e.UserId), cancellationToken);
        if (outcome == MailOutcome.MailerUnavailable) throw new FollowUpException("The welcome mail could not be handed over.");
    }

    async Task MoveAsync(UserEvent.Updated e, string released, Guid eventId, CancellationToken cancellationToken)
    {
        var user = grains.GetGrain<IUserGrain>(e.UserId);
        await user.SettleEmail(e.EmailKey, eventId, cancellationToken);
        await user.SettleEmail(released, eventId, cancellationToken);
    }
}

/// <summary>What follows from an event could not be done now.</summary>
public sealed class FollowUpException : Exception
{
    public FollowUpException() { }

    public FollowUpException(string message) : base(message) { }

    public FollowUpException(string message, Exception innerException) : base(message, innerException) { }
}
