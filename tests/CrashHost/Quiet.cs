using Crescent.EventStore;
using Microsoft.Extensions.DependencyInjection;

namespace CrashHost;

internal static class Quiet
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Waits until every consumer has applied the last event and no new one came meanwhile.</summary>
    public static async Task WaitAsync(IServiceProvider services)
    {
        var store = services.GetRequiredService<IEventStore>();
        var consumers = services.GetServices<ISubscriber>().ToList();
        using var timer = new PeriodicTimer(s_pause);
        do
        {
            var head = await store.ReadHeadAsync();
            var checkpoints = new List<long>();
            foreach (var consumer in consumers)
                checkpoints.Add(await consumer.ReadCheckpointAsync(CancellationToken.None));
            if (checkpoints.TrueForAll(position => position == head) && await store.ReadHeadAsync() == head)
                return;
        }
        while (await timer.WaitForNextTickAsync());
    }
}
