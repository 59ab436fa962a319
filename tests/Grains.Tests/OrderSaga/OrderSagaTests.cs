using Crescent.Domain.Payments;
using Crescent.EventStore;
using Crescent.GrainInterfaces;
using Crescent.GrainInterfaces.Inventory;
using Crescent.GrainInterfaces.Orders;
using Crescent.GrainInterfaces.OrderSaga;
using Crescent.GrainInterfaces.Payments;
using Crescent.GrainInterfaces.Users;
using Crescent.Grains.EventSourcing;
using Crescent.Grains.OrderSaga;
using Crescent.Grains.Payments;
using Crescent.Grains.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;
using PaymentStatus = Crescent.GrainInterfaces.Payments.PaymentStatus;

namespace Crescent.Grains.Tests.OrderSaga;

/// <summary>Orders from placing to their end, whatever the participants do.</summary>
public sealed class OrderSagaTests
{
    static readonly Caller Operator = new("operator", CallerRole.Operator);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Order_EverythingWorks_IsCompleted()
    {
        await using var silo = await StartAsync();
        var product = await silo.ProductAsync(stock: 10);

        var orderId = await silo.OrderAsync(await silo.UserAsync(), product, quantity: 2);
        var order = await silo.EndedAsync(orderId);

        Assert.Equal((OrderStatus.Completed, 200m, "Ada"), (order.Status, order.Total, order.UserName));
        await AssertStockAsync(silo, product, onHand: 8);
        Assert.Equal(PaymentStatus.Completed, (await PaymentAsync(silo, orderId)).Status);
        await silo.SagaAsync(orderId, SagaStatus.Completed);
        Assert.Equal(
            ["order.placed", "order.confirmed", "order.shipped", "order.completed"], await silo.EventsAsync("order", orderId));
        Assert.Contains(silo.Mailer.Sent.Values, mail => mail.Subject.Contains(orderId, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Order_TwoLinesOfOneProduct_ReservesThemTogether()
    {
        await using var silo = await StartAsync();
        var product = await silo.ProductAsync(stock: 5);

        var placed = await silo.PlaceAsync(await silo.UserAsync(), "tok_ok", null, (product, 2), (product, 3));
        var order = await silo.EndedAsync(placed.OrderId);

        Assert.Equal((OrderStatus.Completed, 500m, 2), (order.Status, order.Total, order.Items.Length));
        await AssertStockAsync(silo, product, onHand: 0);
    }

    [Fact]
    public async Task Order_PaymentDeclined_IsRejectedAndStockComesBack()
    {
        await using var silo = await StartAsync();
        silo.Payments.Tokens["tok_decline"] = (_, _, _) => Task.FromResult<PaymentOutcome>(new PaymentOutcome.Declined("card_declined"));
        var product = await silo.ProductAsync(stock: 10);

        var orderId = await silo.OrderAsync(await silo.UserAsync(), product, token: "tok_decline");
        var order = await silo.EndedAsync(orderId);

        Assert.Equal((OrderStatus.Rejected, "payment_declined"), (order.Status, order.Reason));
        await AssertStockAsync(silo, product, onHand: 10);
        Assert.Equal(0, silo.Payments.Captures);
        await silo.SagaAsync(orderId, SagaStatus.Compensated);
    }

    [Fact]
    public async Task Order_OneProductOutOfStock_IsRejectedAndTheOtherComesBack()
    {
        await using var silo = await StartAsync();
        var (scarce, plenty) = (await silo.ProductAsync(stock: 1), await silo.ProductAsync(stock: 10));

        var placed = await silo.PlaceAsync(await silo.UserAsync(), "tok_ok", null, (plenty, 2), (scarce, 2));
        var order = await silo.EndedAsync(placed.OrderId);

        Assert.Equal((OrderStatus.Rejected, "out_of_stock"), (order.Status, order.Reason));
        await AssertStockAsync(silo, scarce, onHand: 1);
        await AssertStockAsync(silo, plenty, onHand: 10);
        Assert.Equal(0, silo.Payments.Captures);
    }

    [Fact]
    public async Task Order_CancelledWhileBeingPaid_IsCancelledAndRefunded()
    {
        await using var silo = await StartAsync();
        var (asked, answer) = (Signal(), Signal());
        silo.Payments.Tokens["tok_gate"] = async (_, capture, _) =>
        {
            var outcome = capture();
            asked.TrySetResult();
            await answer.Task;
            return outcome;
        };
        var (product, user) = (await silo.ProductAsync(stock: 10), await silo.UserAsync());
        var orderId = await silo.OrderAsync(user, product, token: "tok_gate");
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(10), Ct);

        var cancelled = await silo.Order(orderId).Cancel(new CancelOrder(Guid.CreateVersion7(), new Caller(user, CallerRole.Customer)), Ct);
        answer.SetResult();
        var order = await silo.EndedAsync(orderId);

        Assert.True(cancelled.IsAccepted, cancelled.Detail);
        Assert.Equal(OrderStatus.Cancelled, order.Status);
        await AssertStockAsync(silo, product, onHand: 10);
        Assert.Equal((1, 1), (silo.Payments.Captures, silo.Payments.Refunds));
        Assert.Equal(PaymentStatus.Refunded, (await PaymentAsync(silo, orderId)).Status);
    }

    [Fact]
    public async Task Order_CancelledAfterShipping_StaysAsItIs()
    {
        await using var silo = await StartAsync();
        var user = await silo.UserAsync();
        var orderId = await silo.OrderAsync(user, await silo.ProductAsync(stock: 10));
        await silo.EndedAsync(orderId);

        var cancelled = await silo.Order(orderId).Cancel(new CancelOrder(Guid.CreateVersion7(), new Caller(user, CallerRole.Customer)), Ct);

        Assert.Equal(OrderRejectionReason.AlreadyShipped, cancelled.Reason);
        Assert.Equal(OrderStatus.Completed, (await silo.Order(orderId).Get(Caller.Hub, Ct))!.Status);
    }

    [Fact]
    public async Task Order_ProviderFailsTwice_IsCompletedWithOneCapture()
    {
        await using var silo = await StartAsync();
        silo.Payments.Tokens["tok_flaky"] = (attempt, capture, _) =>
            attempt <= 2 ? throw new HttpRequestException("down") : Task.FromResult(capture());

        var orderId = await silo.OrderAsync(await silo.UserAsync(), await silo.ProductAsync(stock: 1), token: "tok_flaky");

        Assert.Equal(OrderStatus.Completed, (await silo.EndedAsync(orderId)).Status);
        Assert.Equal(1, silo.Payments.Captures);
    }

    [Fact]
    public async Task Order_ProviderCapturesAndNeverAnswers_IsCompletedWithOneCapture()
    {
        await using var silo = await StartAsync();
        silo.Payments.Tokens["tok_silent"] = async (_, capture, ct) =>
        {
            capture();
            await Signal().Task.WaitAsync(ct);
            throw new InvalidOperationException("It never answers.");
        };

        var orderId = await silo.OrderAsync(await silo.UserAsync(), await silo.ProductAsync(stock: 1), token: "tok_silent");

        Assert.Equal(OrderStatus.Completed, (await silo.EndedAsync(orderId)).Status);
        Assert.Equal(1, silo.Payments.Captures);
    }

    [Fact]
    public async Task Order_ProviderDownForLongerThanTheBudget_IsRejectedAndTheKeyCancelled()
    {
        await using var silo = await StartAsync(services => services.Configure<SagaOptions>(options => options.RetryBudget = TimeSpan.FromMilliseconds(50)));
        silo.Payments.Tokens["tok_down"] = (_, _, _) => throw new HttpRequestException("down");
        var product = await silo.ProductAsync(stock: 1);

        var orderId = await silo.OrderAsync(await silo.UserAsync(), product, token: "tok_down");
        var order = await silo.EndedAsync(orderId);

        Assert.Equal((OrderStatus.Rejected, "payment_unavailable"), (order.Status, order.Reason));
        Assert.IsType<PaymentStanding.Cancelled>(silo.Payments.StandingOf(orderId));
        await AssertStockAsync(silo, product, onHand: 1);
    }

    [Fact]
    public async Task Order_ReservationExpiredAndSoldMeanwhile_IsRejectedAndRefunded()
    {
        await using var silo = await StartAsync();
        var product = await silo.ProductAsync(stock: 1);
        silo.Payments.Tokens["tok_late"] = async (_, capture, _) =>
        {
            silo.Time.Shift(TimeSpan.FromMinutes(16));
            await silo.Product(product).ExpireReservations(CancellationToken.None);
            await silo.Product(product).Adjust(new AdjustStock(Guid.CreateVersion7(), -1, "sold elsewhere"), CancellationToken.None);
            return capture();
        };

        var orderId = await silo.OrderAsync(await silo.UserAsync(), product, token: "tok_late");
        var order = await silo.EndedAsync(orderId);

        Assert.Equal((OrderStatus.Rejected, "reservation_expired"), (order.Status, order.Reason));
        Assert.Equal((1, 1), (silo.Payments.Captures, silo.Payments.Refunds));
        await AssertStockAsync(silo, product, onHand: 0);
    }

    [Fact]
    public async Task Order_ReservationExpiredAndStillInStock_IsCompleted()
    {
        await using var silo = await StartAsync();
        var product = await silo.ProductAsync(stock: 1);
        silo.Payments.Tokens["tok_late"] = async (_, capture, _) =>
        {
            silo.Time.Shift(TimeSpan.FromMinutes(16));
            await silo.Product(product).ExpireReservations(CancellationToken.None);
            return capture();
        };

        var orderId = await silo.OrderAsync(await silo.UserAsync(), product, token: "tok_late");

        Assert.Equal(OrderStatus.Completed, (await silo.EndedAsync(orderId)).Status);
        await AssertStockAsync(silo, product, onHand: 0);
    }

    [Fact]
    public async Task Order_MailRefused_IsCompleted()
    {
        await using var silo = await StartAsync();

        var orderId = await silo.OrderAsync(await silo.UserAsync("ada@unsendable.test"), await silo.ProductAsync(stock: 1));

        Assert.Equal(OrderStatus.Completed, (await silo.EndedAsync(orderId)).Status);
        await silo.SagaAsync(orderId, SagaStatus.Completed);
        Assert.Contains("saga.step_failed", await silo.EventsAsync("saga", orderId));
    }

    [Fact]
    public async Task Saga_OutcomeUnknownAndNobodyToAsk_IsStuckUntilRetried()
    {
        await using var silo = await StartAsync(services => services.Configure<SagaOptions>(options => options.RetryBudget = TimeSpan.FromMilliseconds(50)));
        var isDown = true;
        silo.Payments.Tokens["tok_down"] = (_, capture, _) => isDown ? throw new HttpRequestException("down") : Task.FromResult(capture());
        silo.Payments.BeforeAnswer = () => isDown ? throw new HttpRequestException("down") : Task.CompletedTask;
        var orderId = await silo.OrderAsync(await silo.UserAsync(), await silo.ProductAsync(stock: 1), token: "tok_down");

        var stuck = await silo.SagaAsync(orderId, SagaStatus.Stuck);
        isDown = false;
        var refused = await silo.Saga(orderId).Retry(new RetrySaga(Guid.CreateVersion7(), new Caller("anybody", CallerRole.Customer)), Ct);
        var retried = await silo.Saga(orderId).Retry(new RetrySaga(Guid.CreateVersion7(), Operator), Ct);

        Assert.Equal(("ProcessPayment", "payment_unknown"), (stuck.Step, stuck.Reason));
        Assert.True(stuck.Tries > 0);
        Assert.Equal(SagaRejectionReason.NotFound, refused.Reason);
        Assert.True(retried.IsAccepted);
        Assert.Equal(OrderStatus.Completed, (await silo.EndedAsync(orderId)).Status);
        Assert.Equal(1, silo.Payments.Captures);
    }

    [Fact]
    public async Task Saga_StuckAndAbandoned_RejectsTheOrder()
    {
        await using var silo = await StartAsync(services => services.Configure<SagaOptions>(options => options.RetryBudget = TimeSpan.FromMilliseconds(50)));
        silo.Payments.Tokens["tok_down"] = (_, _, _) => throw new HttpRequestException("down");
        silo.Payments.BeforeAnswer = () => throw new HttpRequestException("down");
        var orderId = await silo.OrderAsync(await silo.UserAsync(), await silo.ProductAsync(stock: 1), token: "tok_down");
        await silo.SagaAsync(orderId, SagaStatus.Stuck);

        var abandoned = await silo.Saga(orderId).Abandon(new AbandonSaga(Guid.CreateVersion7(), Operator, "paid by hand"), Ct);
        var order = await silo.EndedAsync(orderId);

        Assert.True(abandoned.IsAccepted);
        Assert.Equal((OrderStatus.Rejected, "abandoned"), (order.Status, order.Reason));
        Assert.Equal("paid by hand", (await silo.SagaAsync(orderId, SagaStatus.Abandoned)).Reason);
    }

    [Fact]
    public async Task Saga_ParticipantOutOfReach_GoesOnWithoutAFailedStep()
    {
        await using var silo = await StartAsync(services => services.Configure<AggregateOptions>(
            options => options.AppendTimeout = TimeSpan.FromMilliseconds(100)));
        var down = 5;
        silo.Store.BeforeAppend = request =>
            request.Stream.Category == "payment" && Interlocked.Decrement(ref down) >= 0
                ? throw new EventStoreUnavailableException("down")
                : Task.CompletedTask;

        var orderId = await silo.OrderAsync(await silo.UserAsync(), await silo.ProductAsync(stock: 1));

        Assert.Equal(OrderStatus.Completed, (await silo.EndedAsync(orderId)).Status);
        Assert.DoesNotContain("saga.step_failed", await silo.EventsAsync("saga", orderId));
    }

    [Fact]
    public async Task Saga_SiloEndsInTheMiddle_IsFinishedByTheNext()
    {
        await using var silo = await StartAsync();
        var asked = Signal();
        silo.Payments.Tokens["tok_gate"] = async (attempt, capture, ct) =>
        {
            if (attempt > 1) return capture();
            asked.TrySetResult();
            await Signal().Task.WaitAsync(ct);
            throw new InvalidOperationException("It never answers.");
        };
        var product = await silo.ProductAsync(stock: 3);
        var orderId = await silo.OrderAsync(await silo.UserAsync(), product, token: "tok_gate");
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(10), Ct);

        await silo.RestartAsync(Fast);
        await silo.Saga(orderId).Resume(Ct);

        Assert.Equal(OrderStatus.Completed, (await silo.EndedAsync(orderId)).Status);
        await AssertStockAsync(silo, product, onHand: 2);
        Assert.Equal(1, silo.Payments.Captures);
    }

    [Fact]
    public async Task Saga_StartedByManyAtOnce_RunsOnce()
    {
        await using var silo = await StartAsync();
        var product = await silo.ProductAsync(stock: 3);
        var orderId = await silo.OrderAsync(await silo.UserAsync(), product);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => silo.Saga(orderId).Start(Ct)));
        await silo.EndedAsync(orderId);

        await AssertStockAsync(silo, product, onHand: 2);
        Assert.Equal((1, 1), (silo.Payments.Captures, silo.Payments.MostInFlight));
        Assert.Single(await silo.EventsAsync("saga", orderId), type => type == "saga.started");
    }

    [Fact]
    public async Task Order_UserDeactivatedBeforeValidation_IsRejected()
    {
        await using var silo = await StartAsync();
        var (user, product) = (await silo.UserAsync(), await silo.ProductAsync(stock: 1));
        var hold = Signal();
        // The saga can't record that it starts until the user is gone.
        silo.Store.BeforeAppend = request => request.Stream.Category == "saga" ? hold.Task : Task.CompletedTask;
        var orderId = await silo.OrderAsync(user, product);

        await silo.Grains.GetGrain<IUserGrain>(user).Deactivate(new DeactivateUser(Guid.CreateVersion7(), Caller.Hub), Ct);
        hold.SetResult();
        var order = await silo.EndedAsync(orderId);

        Assert.Equal((OrderStatus.Rejected, "user_inactive"), (order.Status, order.Reason));
    }

    static Task<TestSilo> StartAsync(Action<IServiceCollection>? configure = null) => TestSilo.StartAsync(services =>
    {
        Fast(services);
        configure?.Invoke(services);
    });

    static void Fast(IServiceCollection services)
    {
        services.Configure<SagaOptions>(options => (options.FirstRetryDelay, options.MaxRetryDelay) = (TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(50)));
        services.Configure<PaymentOptions>(options => options.CallTimeout = TimeSpan.FromMilliseconds(200));
    }

    static async Task AssertStockAsync(TestSilo silo, string productId, long onHand)
    {
        var product = (await silo.Product(productId).Get(Ct))!;
        Assert.Equal((onHand, onHand, 0L), (product.OnHand, product.Available, product.Reserved));
    }

    static async Task<PaymentView> PaymentAsync(TestSilo silo, string orderId) =>
        (await silo.Grains.GetGrain<IPaymentGrain>(orderId).Get(Caller.Hub, Ct))!;

    static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
