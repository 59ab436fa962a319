using Crescent.EventStore;
using Crescent.EventStore.Leases;
using Crescent.Grains;
using Crescent.ReadModels.Projections;
using Microsoft.Extensions.Options;

namespace Crescent.Silo.Consumers;

/// <summary>What follows from the events of one category, wherever its lease is.</summary>
internal sealed class FollowUpConsumer(string name, string category, FollowUps followUps, ConsumerCheckpoints checkpoints, IOptions<ConsumerOptions> options)
    : ILogConsumer
{
    public string Name => name;

    public ISubscriber Begin(Lease lease) => new FollowUpSubscriber(name, category, followUps, checkpoints, options, lease);
}
