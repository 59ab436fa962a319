using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Behaviours.Activations;
using Orleans.Behaviours.Filters;
using Orleans.Behaviours.Journaled;
using Orleans.Behaviours.States;
using Orleans.Behaviours.Streams;
using Orleans.Configuration;
using Orleans.Runtime.Hosting;
using Orleans.Streams;
using Orleans.TestingHost;

namespace Orleans.Behaviours.Support;

public sealed class SiloConfiguration : ISiloConfigurator
{
    public static readonly TimeSpan MaxEventDeliveryTime = TimeSpan.FromSeconds(5);

    public static readonly TimeSpan MinimumReminderPeriod = TimeSpan.FromMilliseconds(500);

    public void Configure(ISiloBuilder siloBuilder)
    {
        siloBuilder.AddCustomStorageBasedLogConsistencyProvider(EventStores.Provider);
        siloBuilder.AddCustomStorageBasedLogConsistencyProviderAsDefault();
        siloBuilder.AddMemoryStreams(StreamNames.Provider, streams =>
        {
            streams.ConfigureStreamPubSub(StreamPubSubType.ImplicitOnly);
            streams.ConfigurePartitioning(2);
            streams.ConfigurePullingAgent(options => options.Configure(o => o.MaxEventDeliveryTime = MaxEventDeliveryTime));
        });
        siloBuilder.Configure<GrainCollectionOptions>(CollectionAges.Configure);
        siloBuilder.AddIncomingGrainCallFilter(RecordingIncomingFilter.First);
        siloBuilder.AddIncomingGrainCallFilter<RecordingIncomingFilter>();
        siloBuilder.AddOutgoingGrainCallFilter<RecordingOutgoingFilter>();
        siloBuilder.AddMemoryGrainStorageAsDefault();
        siloBuilder.Services.AddGrainStorage(Storages.Custom, static (_, name) => new CustomStorage(name));
        siloBuilder.UseInMemoryReminderService();
        siloBuilder.Configure<ReminderOptions>(options => options.MinimumReminderPeriod = MinimumReminderPeriod);
        siloBuilder.Services.AddSingleton<InjectedService>();
    }
}

/// <summary>What only the silo that all tests share writes down of its own start.</summary>
public sealed class RecordedStart : ISiloConfigurator
{
    public void Configure(ISiloBuilder siloBuilder)
    {
        siloBuilder.AddStartupTask<RecordingStartupTask>();
        siloBuilder.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, RecordingParticipant>();
    }
}

public sealed class ClientConfiguration : IClientBuilderConfigurator
{
    public void Configure(IConfiguration configuration, IClientBuilder clientBuilder) =>
        clientBuilder.AddMemoryStreams(StreamNames.Provider, streams =>
        {
            streams.ConfigureStreamPubSub(StreamPubSubType.ImplicitOnly);
            streams.ConfigurePartitioning(2);
        });
}
