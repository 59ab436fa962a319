using System.Globalization;
using Orleans.Behaviours.Streams;
using Orleans.Behaviours.Support;

namespace Orleans.Behaviours.ManySilos;

[Collection(nameof(SiloCluster))]
public sealed class RemoteStreamTests(SiloCluster cluster)
{
    [Fact]
    public async Task Items_OfAClient_ReachConsumersOnAllSilos()
    {
        foreach (var silo in cluster.Silos)
        {
            await cluster.NewGrainOnAsync(silo, (key, _) => cluster.Client.GetGrain<IConsumerGrain>(key, typeof(ObservingGrain).FullName), async grain =>
            {
                var key = grain.GetPrimaryKeyString();
                await cluster.Client.GetStreamProvider(StreamNames.Provider).GetStream<Reading>(StreamId.Create(StreamNames.Observing, key)).OnNextAsync(new("n", 1)).Soon();
                await Trace.Of(key).WhenCount(1);
            });
        }
    }

    [Fact]
    public async Task Items_OfProducersOnAllSilos_ArriveInTheOrderOfEachStream()
    {
        var streams = Enumerable.Range(0, 12).Select(_ => Cluster.NewKey()).ToArray();

        await Task.WhenAll(streams.Select((key, i) => ProduceAsync(cluster.From(cluster.Silos[i % 3]), key, 40))).Soon();

        foreach (var key in streams)
            Assert.Equal(Enumerable.Range(0, 40).Select(i => "observing " + i.ToString(CultureInfo.InvariantCulture)), Observed(await Trace.Of(key).When(entries => Observed(entries).Count() >= 40)));
    }

    private static IEnumerable<string> Observed(IEnumerable<string> entries) => entries.Where(entry => entry.StartsWith("observing", StringComparison.Ordinal));

    private static async Task ProduceAsync(IGrainFactory grains, string key, int count)
    {
        var producer = grains.GetGrain<IProducerGrain>(Cluster.NewKey());
        for (var i = 0; i < count; i++)
            await producer.Produce(StreamId.Create(StreamNames.Subscribing, key), i.ToString(CultureInfo.InvariantCulture));
    }
}
