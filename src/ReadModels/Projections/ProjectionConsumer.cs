using Crescent.EventStore;
using Crescent.EventStore.Leases;
using Crescent.EventStore.PersonalData;
using Crescent.ReadModels.Storage;

namespace Crescent.ReadModels.Projections;

/// <summary>A projection wherever its lease is.</summary>
internal sealed class ProjectionConsumer(IProjection projection, ViewsDatabase views, IPersonalKeys keys, ProjectionProgress progress) : ILogConsumer
{
    public string Name => projection.Name;

    public ISubscriber Begin(Lease lease) => new ProjectionRunner(projection, views, keys, progress, lease);
}
