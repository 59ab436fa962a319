using Crescent.EventStore;
using Crescent.Grains;
using Crescent.ReadModels.Projections;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Crescent.Silo.Consumers;

/// <summary>
/// Starts the sagas of orders and sees to what follows for users, also after a crash between an event and its
/// consequence. Two consumers, so that mails that can't be sent keep no order waiting.
/// </summary>
internal sealed class FollowUpService(
    LogConsumers consumers, FollowUps followUps, ConsumerCheckpoints checkpoints, IOptions<ConsumerOptions> options, IHostApplicationLifetime lifetime)
    : BackgroundService
{
    public const string SagaStarter = "saga-starter";
    public const string UserFollowUps = "user-follow-ups";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!await lifetime.WhenStartedAsync(stoppingToken)) return;
        await Task.WhenAll(
            consumers.RunAsync(Subscriber(SagaStarter, StreamCategory.Order), stoppingToken),
            consumers.RunAsync(Subscriber(UserFollowUps, StreamCategory.User), stoppingToken));
    }

    private FollowUpSubscriber Subscriber(string name, string category) =>
        new(name, category, followUps, checkpoints, options.Value.MaxParallel);
}
