using System.Diagnostics;
using Benchmarks.EventStore;
using Crescent.EventStore;
using Crescent.GrainInterfaces;
using Crescent.GrainInterfaces.Idempotency;
using Crescent.GrainInterfaces.Inventory;
using Crescent.GrainInterfaces.Orders;
using Crescent.GrainInterfaces.Users;

namespace Benchmarks.Orders;

/// <summary>Orders through the whole saga, from the idempotency key to the mail, beside what the store alone could append.</summary>
internal static class SagaThroughput
{
    private const int Buyers = 128;
    private const int Products = 100;
    private const int OrdersPerRound = 1_500;

    /// <summary>Until then the runtime compiles the saga's code a second and third time, on the same cores.</summary>
    private const int WarmUpOrders = 6_000;

    private const int Writers = 1024;
    private const int AppendsPerRound = 40_000;
    private static readonly TimeSpan s_wait = TimeSpan.FromSeconds(20);
    private static readonly Address s_address = new("Mira Berg", "Lindenweg 1", "Berlin", "10115", "DE");

    public static async Task RunAsync()
    {
        await using var host = await RunningHost.StartAsync();
        var user = await RegisterAsync(host);
        var products = await CreateProductsAsync(host);
        var store = host.Service<IEventStore>();
        var eventsPerOrder = await WarmUpAsync(host, user, products);
        await new Comparison($"Orders through the whole saga, {Buyers} at once, {eventsPerOrder} events each (SQLite)", "events/s")
            .Add("the store's append alone, one event each", () => AppendAsync(store))
            .Add("orders through the saga", async () => eventsPerOrder * await PlaceAsync(host, user, products, OrdersPerRound))
            .RunAsync();
    }

    /// <summary>Answers the events of an order: of so many that what the last of them still leave after their end does not count.</summary>
    private static async Task<int> WarmUpAsync(RunningHost host, string user, string[] products)
    {
        var store = host.Service<IEventStore>();
        var before = await store.ReadHeadAsync();
        await PlaceAsync(host, user, products, WarmUpOrders);
        return (int)Math.Round((await store.ReadHeadAsync() - before) / (double)WarmUpOrders);
    }

    private static async Task<double> PlaceAsync(RunningHost host, string user, string[] products, int orders)
    {
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Math.Min(Buyers, orders)).Select(buyer => Task.Run(async () =>
        {
            for (var i = buyer; i < orders; i += Buyers)
                await PlaceOneAsync(host, user, products[i % products.Length]);
        })));
        return orders / clock.Elapsed.TotalSeconds;
    }

    private static async Task PlaceOneAsync(RunningHost host, string user, string product)
    {
        var key = IdempotencyKey.Of(user, Guid.CreateVersion7().ToString());
        var command = new PlaceOrder(Caller.Hub, user, [new OrderItem(product, 1)], "tok_ok", s_address);
        var placed = await host.Grains.GetGrain<IIdempotencyGrain>(key).Place(command);
        var ended = await host.Grains.GetGrain<IOrderGrain>(placed.OrderId).WaitUntilEnded(Caller.Hub, s_wait);
        if (ended?.Status != OrderStatus.Completed)
            throw new InvalidOperationException($"An order did not complete: {ended?.Status} {ended?.Reason} {placed.Result.Detail}");
    }

    private static async Task<double> AppendAsync(IEventStore store)
    {
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            var stream = new StreamName(StreamCategory.Inventory, Guid.CreateVersion7().ToString());
            for (var i = 0; i < AppendsPerRound / Writers; i++)
                await store.AppendAsync(new AppendRequest(stream, i, Guid.CreateVersion7(), [Samples.NewEvent(stream.Id)]));
        })));
        return AppendsPerRound / Writers * Writers / clock.Elapsed.TotalSeconds;
    }

    private static async Task<string> RegisterAsync(RunningHost host)
    {
        var id = Guid.CreateVersion7();
        await host.Grains.GetGrain<IUserGrain>(id.ToString()).Register(new RegisterUser(id, "mira@example.com", "Mira Berg"));
        return id.ToString();
    }

    private static async Task<string[]> CreateProductsAsync(RunningHost host)
    {
        var ids = Enumerable.Range(0, Products).Select(_ => Guid.CreateVersion7()).ToArray();
        foreach (var id in ids)
            await host.Grains.GetGrain<IInventoryGrain>(id.ToString()).Create(new CreateProduct(id, "Lamp", 100m, "USD", 1_000_000));
        return [.. ids.Select(id => id.ToString())];
    }
}
