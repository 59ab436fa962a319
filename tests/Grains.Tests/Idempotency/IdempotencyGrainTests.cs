using Crescent.GrainInterfaces;
using Crescent.GrainInterfaces.Orders;
using Crescent.Grains.Tests.Testing;

namespace Crescent.Grains.Tests.Idempotency;

public sealed class IdempotencyGrainTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Place_FiftyAtOnceWithOneKey_IsOneOrder()
    {
        await using var silo = await TestSilo.StartAsync();
        var (user, product) = (await silo.UserAsync(), await silo.ProductAsync(stock: 10));

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => silo.PlaceAsync(user, "tok_ok", "key-1", (product, 1))));

        var orderId = Assert.Single(answers.Select(answer => answer.OrderId).Distinct());
        Assert.All(answers, answer => Assert.Equal(orderId, answer.Order?.Id));
        await silo.EndedAsync(orderId);
        Assert.Equal(9, (await silo.Product(product).Get(Ct))!.OnHand);
        Assert.Single(await silo.EventsAsync("order", orderId), type => type == "order.placed");
    }

    [Fact]
    public async Task Place_RepeatedAfterTheOrderEnded_IsAnsweredWithItAsItIsNow()
    {
        await using var silo = await TestSilo.StartAsync();
        var (user, product) = (await silo.UserAsync(), await silo.ProductAsync(stock: 10));
        var first = await silo.PlaceAsync(user, "tok_ok", "key-1", (product, 1));
        await silo.EndedAsync(first.OrderId);

        var again = await silo.PlaceAsync(user, "tok_ok", "key-1", (product, 1));

        Assert.Equal((first.OrderId, OrderStatus.Completed), (again.OrderId, again.Order?.Status));
        Assert.Equal(first.Result, again.Result);
    }

    [Fact]
    public async Task Place_SameKeyForSomethingElse_IsRejected()
    {
        await using var silo = await TestSilo.StartAsync();
        var (user, product) = (await silo.UserAsync(), await silo.ProductAsync(stock: 10));
        await silo.PlaceAsync(user, "tok_ok", "key-1", (product, 1));

        var other = await silo.PlaceAsync(user, "tok_ok", "key-1", (product, 2));

        Assert.Equal(OrderRejectionReason.IdempotencyKeyReused, other.Result.Reason);
        Assert.Null(other.Order);
    }

    [Fact]
    public async Task Place_SameKeyOfAnotherUser_IsAnotherOrder()
    {
        await using var silo = await TestSilo.StartAsync();
        var product = await silo.ProductAsync(stock: 10);

        var one = await silo.PlaceAsync(await silo.UserAsync(), "tok_ok", "key-1", (product, 1));
        var other = await silo.PlaceAsync(await silo.UserAsync(), "tok_ok", "key-1", (product, 1));

        Assert.NotEqual(one.OrderId, other.OrderId);
    }

    [Fact]
    public async Task Place_RejectedFirst_IsDecidedAnewWhenRepeated()
    {
        await using var silo = await TestSilo.StartAsync();
        var user = await silo.UserAsync();
        var product = Guid.CreateVersion7().ToString();
        var rejected = await silo.PlaceAsync(user, "tok_ok", "key-1", (product, 1));
        await silo.Product(product).Create(new(Guid.CreateVersion7(), "Lamp", 10m, "USD", 1), Ct);

        var accepted = await silo.PlaceAsync(user, "tok_ok", "key-1", (product, 1));

        Assert.Equal(OrderRejectionReason.UnknownProduct, rejected.Result.Reason);
        Assert.True(accepted.Result.IsAccepted);
        Assert.Equal(rejected.OrderId, accepted.OrderId);
    }

    [Fact]
    public async Task Place_ForSomebodyElse_IsUnknownUser()
    {
        await using var silo = await TestSilo.StartAsync();
        var (user, product) = (await silo.UserAsync(), await silo.ProductAsync(stock: 10));
        var stranger = new Caller(await silo.UserAsync(), CallerRole.Customer);

        var answer = await silo.Grains.GetGrain<GrainInterfaces.Idempotency.IIdempotencyGrain>("key")
            .Place(new PlaceOrder(stranger, user, [new OrderItem(product, 1)], "tok_ok", null), Ct);

        Assert.Equal(OrderRejectionReason.UnknownUser, answer.Result.Reason);
    }

    [Fact]
    public async Task Get_OrderOfSomebodyElse_IsLikeAMissingOne()
    {
        await using var silo = await TestSilo.StartAsync();
        var orderId = await silo.OrderAsync(await silo.UserAsync(), await silo.ProductAsync(stock: 10));
        var stranger = new Caller(await silo.UserAsync(), CallerRole.Customer);

        Assert.Null(await silo.Order(orderId).Get(stranger, Ct));
        Assert.Null(await silo.Order(orderId).WaitUntilEnded(stranger, TimeSpan.FromSeconds(1), Ct));
        Assert.Equal(OrderRejectionReason.NotFound, (await silo.Order(orderId).Cancel(new CancelOrder(Guid.CreateVersion7(), stranger), Ct)).Reason);
    }
}
