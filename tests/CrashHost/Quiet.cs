using Crescent.EventStore;
using Crescent.Silo.Consumers;
using Microsoft.Extensions.DependencyInjection;

namespace CrashHost;

internal static class Quiet
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Waits until every consumer has applied the last event and no new one came meanwhile.</summary>
    public static async Task WaitAsync(IServiceProvider services)
    {
        var store = services.GetRequiredService<IEventStore>();
        var consumers = services.GetRequiredService<LogConsumers>();
        var expected = services.GetServices<ILogConsumer>().Count();
        using var timer = new PeriodicTimer(s_pause);
        do
        {
            var head = await store.ReadHeadAsync();
            var statuses = consumers.Statuses;
            if (statuses.Count == expected && statuses.All(status => status.Position == head) && await store.ReadHeadAsync() == head)
                return;
        }
        while (await timer.WaitForNextTickAsync());
    }
}
