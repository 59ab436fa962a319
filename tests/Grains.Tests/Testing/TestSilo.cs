using Crescent.Domain.Analytics;
using Crescent.Domain.Mail;
using Crescent.Domain.Payments;
using Crescent.Domain.Shipments;
using Crescent.EventStore;
using Crescent.EventStore.Leases;
using Crescent.EventStore.InMemory;
using Crescent.GrainInterfaces;
using Crescent.GrainInterfaces.Idempotency;
using Crescent.GrainInterfaces.Inventory;
using Crescent.GrainInterfaces.Orders;
using Crescent.GrainInterfaces.OrderSaga;
using Crescent.GrainInterfaces.Users;
using Crescent.Grains.Orders;
using Crescent.Testing;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace Crescent.Grains.Tests.Testing;

/// <summary>All grains in a silo of the test's own, over an event store in memory and providers that do as they are told.</summary>
sealed class TestSilo : IAsyncDisposable
{
    readonly InMemoryEventStore _memory;
    InProcessTestCluster _cluster = null!;

    TestSilo(InMemoryEventStore memory) => (_memory, Store) = (memory, new FaultyStore(memory));

    public FaultyStore Store { get; }

    /// <summary>The store below the faults: for looking, and for being somebody else.</summary>
    public IEventStore Log => _memory;

    public FakePayments Payments { get; } = new();

    public FakeCarrier Carrier { get; } = new();

    public FakeMailer Mailer { get; } = new();

    public FakeAnalytics Analytics { get; } = new();

    public ShiftedTime Time { get; } = new();

    public IGrainFactory Grains => _cluster.Client;

    public IServiceProvider Services => _cluster.GetSiloServiceProvider();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<TestSilo> StartAsync(Action<IServiceCollection>? configure = null)
    {
        var silo = new TestSilo(new InMemoryEventStore(CrescentEvents.Map));
        await silo.DeployAsync(configure);
        return silo;
    }

    /// <summary>Ends this silo's processes without ending its data, and starts another over it.</summary>
    public async Task RestartAsync(Action<IServiceCollection>? configure = null)
    {
        await _cluster.DisposeAsync();
        await DeployAsync(configure);
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    public async Task<string> UserAsync(string? email = null)
    {
        var id = Guid.CreateVersion7().ToString();
        var result = await Grains.GetGrain<IUserGrain>(id).Register(new RegisterUser(Guid.CreateVersion7(), email ?? $"{id}@example.test", "Ada"), Ct);
        Assert.True(result.IsAccepted, result.Detail);
        return id;
    }

    public async Task<string> ProductAsync(int stock, decimal price = 100m)
    {
        var id = Guid.CreateVersion7().ToString();
        var result = await Product(id).Create(new CreateProduct(Guid.CreateVersion7(), "Lamp", price, "USD", stock), Ct);
        Assert.True(result.IsAccepted, result.Detail);
        return id;
    }

    public IInventoryGrain Product(string id) => Grains.GetGrain<IInventoryGrain>(id);

    public IOrderGrain Order(string id) => Grains.GetGrain<IOrderGrain>(id);

    public IOrderSagaGrain Saga(string id) => Grains.GetGrain<IOrderSagaGrain>(id);

    public Task<PlaceOrderResult> PlaceAsync(string userId, string token = "tok_ok", string? key = null, params (string Product, int Quantity)[] items) =>
        Grains.GetGrain<IIdempotencyGrain>(IdempotencyKey.Of(userId, key ?? Guid.NewGuid().ToString())).Place(
            new PlaceOrder(
                new Caller(userId, CallerRole.Customer), userId, [.. items.Select(item => new OrderItem(item.Product, item.Quantity))], token, null),
            Ct);

    /// <summary>Places an order that must be accepted.</summary>
    public async Task<string> OrderAsync(string userId, string productId, int quantity = 1, string token = "tok_ok")
    {
        var placed = await PlaceAsync(userId, token, null, (productId, quantity));
        Assert.True(placed.Result.IsAccepted, placed.Result.Detail);
        return placed.OrderId;
    }

    /// <summary>The order once it has ended and its saga with it.</summary>
    public async Task<OrderView> EndedAsync(string orderId)
    {
        OrderView? order = null;
        await Eventually.TrueAsync(async () => (order = await Order(orderId).WaitUntilEnded(Caller.Hub, TimeSpan.FromSeconds(2), Ct)) is { HasEnded: true }, Ct);
        return order!;
    }

    public async Task<SagaView> SagaAsync(string orderId, SagaStatus status)
    {
        SagaView? saga = null;
        await Eventually.TrueAsync(async () => (saga = await Saga(orderId).Get(Caller.Hub, Ct))?.Status == status, Ct);
        return saga!;
    }

    /// <summary>The stored names of what happened in a stream.</summary>
    public async Task<IReadOnlyList<string>> EventsAsync(string category, string id) =>
        [.. (await Log.ReadStreamAsync(new StreamName(category, id), 0, int.MaxValue, Ct)).Select(recorded => recorded.Type)];

    Task DeployAsync(Action<IServiceCollection>? configure)
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddCrescentGrainProviders();
            Configure(silo.Services);
            configure?.Invoke(silo.Services);
        });
        _cluster = builder.Build();
        return _cluster.DeployAsync();
    }

    void Configure(IServiceCollection services)
    {
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton(CrescentEvents.Map);
        services.AddSingleton<IEventStore>(Store);
        services.AddSingleton<ILeaseStore>(new InProcessLeaseStore(TimeProvider.System));
        services.AddSingleton(_memory.Signal);
        services.AddSingleton(_memory.PersonalKeys);
        services.AddSingleton<IPaymentProvider>(Payments);
        services.AddSingleton<ICarrier>(Carrier);
        services.AddSingleton<IMailer>(Mailer);
        services.AddSingleton<IAnalyticsStore>(Analytics);
        services.AddCrescentGrains();
        services.Configure<DigestOptions>(options => (options.EmailClaimKey, options.RequestKey) = (new byte[32], new byte[32]));
        services.Configure<OrderOptions>(options => options.MaxWait = TimeSpan.FromSeconds(2));
    }
}
