using Crescent.Domain;
using Crescent.Domain.Inventory;
using Crescent.Domain.Orders;
using Crescent.Domain.OrderSaga;
using Crescent.Domain.Payments;
using Crescent.Domain.Shipments;
using Crescent.Domain.Users;
using Crescent.EventStore;

namespace Crescent.ReadModels.Tests;

/// <summary>What the log has of typical orders.</summary>
internal static class Scenario
{
    public static readonly Money Price = new(100, "USD");
    public static readonly Money Total = new(200, "USD");
    public static readonly Address ShipTo = new("Ada Lovelace", "Main St 1", "Springfield", "12345", "US");

    private static readonly DateTimeOffset s_at = ViewsFixture.Start.AddMinutes(1);

    public static DateTimeOffset ExpiresAt { get; } = ViewsFixture.Start.AddMinutes(15);

    public static async Task ProductAsync(ViewsFixture fixture, string id, string name, int stock) =>
        await fixture.AppendAsync(StreamCategory.Inventory, id,
            new InventoryEvent.ProductCreated(id, name, Price), new InventoryEvent.StockReceived(id, stock));

    public static Task OrderAsync(ViewsFixture fixture, string id, string userId, string userName) =>
        fixture.AppendAsync(StreamCategory.Order, id, Placed(id, userId, userName));

    public static OrderEvent Placed(string id, string userId = "u1", string userName = "Ada Lovelace") => new OrderEvent.Placed(
        id, userId, userName, [new OrderLine("p1", "Lamp", 2, Price)], Total, ShipTo, "tok_ok", "hash", s_at);

    /// <summary>An order of two lamps, from its placement to its completion, in the order a saga leaves it in the log.</summary>
    public static async Task CompletedAsync(ViewsFixture fixture, string id, string userId)
    {
        await OrderAsync(fixture, id, userId, "Ada Lovelace");
        await SagaAsync(fixture, id, Started(id, userId), Step(id, SagaStep.ValidateOrder), Done(id, SagaStep.ValidateOrder), Step(id, SagaStep.ReserveInventory));
        await fixture.AppendAsync(StreamCategory.Inventory, "p1", new InventoryEvent.StockReserved("p1", id, 2, ExpiresAt));
        await SagaAsync(fixture, id, Done(id, SagaStep.ReserveInventory), Step(id, SagaStep.ProcessPayment));
        await fixture.AppendAsync(StreamCategory.Payment, id,
            new PaymentEvent.Requested(id, Total, "sandbox", s_at), new PaymentEvent.Captured(id, Total, "r1", s_at));
        await fixture.AppendAsync(StreamCategory.Order, id, new OrderEvent.Confirmed(id, s_at));
        await SagaAsync(fixture, id, Done(id, SagaStep.ProcessPayment), Step(id, SagaStep.CreateShipment));
        await fixture.AppendAsync(StreamCategory.Shipment, id, new ShipmentEvent.Created(id, userId, "Ada Lovelace", ShipTo, "sandbox", "T1", s_at));
        await fixture.AppendAsync(StreamCategory.Inventory, "p1", new InventoryEvent.StockCommitted("p1", id, 2));
        await fixture.AppendAsync(StreamCategory.Order, id, new OrderEvent.Shipped(id, s_at));
        await SagaAsync(fixture, id, Done(id, SagaStep.CreateShipment), Step(id, SagaStep.SendNotification), Done(id, SagaStep.SendNotification));
        await fixture.AppendAsync(StreamCategory.Order, id, new OrderEvent.Completed(id, s_at));
        await SagaAsync(fixture, id, new SagaEvent.Completed(id, s_at));
    }

    /// <summary>An order whose payment is declined: what was reserved is given back.</summary>
    public static async Task DeclinedAsync(ViewsFixture fixture, string id, string userId)
    {
        await OrderAsync(fixture, id, userId, "Ada Lovelace");
        await SagaAsync(fixture, id, Started(id, userId), Step(id, SagaStep.ReserveInventory));
        await fixture.AppendAsync(StreamCategory.Inventory, "p1", new InventoryEvent.StockReserved("p1", id, 2, ExpiresAt));
        await SagaAsync(fixture, id,
            Done(id, SagaStep.ReserveInventory), Step(id, SagaStep.ProcessPayment),
            new SagaEvent.StepFailed(id, SagaStep.ProcessPayment, 1, StepFailureKind.Definite, OrderFailure.PaymentDeclined, null, s_at),
            new SagaEvent.Compensating(id, OrderFailure.PaymentDeclined, s_at));
        await fixture.AppendAsync(StreamCategory.Inventory, "p1",
            new InventoryEvent.StockReleased("p1", id, 2, ReleasedFrom.Reservation, ExpiresAt));
        await SagaAsync(fixture, id, new SagaEvent.StepCompensated(id, SagaStep.ReserveInventory, s_at));
        await fixture.AppendAsync(StreamCategory.Order, id, new OrderEvent.Rejected(id, OrderFailure.PaymentDeclined, s_at));
        await SagaAsync(fixture, id, new SagaEvent.Compensated(id, OrderFailure.PaymentDeclined, s_at));
    }

    /// <summary>Orders that end well and badly, one that is under way, and a buyer who is erased.</summary>
    /// <param name="live">Has the read models follow, a few events at a time.</param>
    public static async Task HistoryAsync(ViewsFixture fixture, bool live)
    {
        await ProductAsync(fixture, "p1", "Lamp", 10);
        await fixture.RegisterAsync("u1", "ada@example.com", "Ada Lovelace");
        await fixture.RegisterAsync("u2", "lotte@example.com", "Lotte Reiniger");
        if (live) await fixture.CatchUpAsync(batchSize: 2);
        await CompletedAsync(fixture, "o1", "u1");
        await DeclinedAsync(fixture, "o2", "u2");
        if (live) await fixture.CatchUpAsync(batchSize: 3);
        await SagaAsync(fixture, "o3", Started("o3", "u2"));
        await fixture.AppendAsync(StreamCategory.User, "u2", new UserEvent.Updated("u2", "lr@example.com", "Lotte R", "k2", "k1", ViewsFixture.Start));
        if (live) await fixture.CatchUpAsync();
        await fixture.Store.PersonalKeys.DestroyAsync("u1", ViewsFixture.Ct);
        await fixture.AppendAsync(StreamCategory.User, "u1", new UserEvent.Erased("u1", "k", ViewsFixture.Start));
        if (live) await fixture.CatchUpAsync(batchSize: 1);
    }

    public static Task SagaAsync(ViewsFixture fixture, string id, params SagaEvent[] events) =>
        fixture.AppendAsync(StreamCategory.Saga, id, [.. events]);

    public static SagaEvent Started(string id, string userId) =>
        new SagaEvent.Started(id, userId, [new ProductQuantity("p1", 2, Price)], Total, ExpiresAt, s_at);

    public static SagaEvent Step(string id, SagaStep step, int attempt = 1) => new SagaEvent.StepStarted(id, step, attempt, s_at);

    public static SagaEvent Done(string id, SagaStep step) => new SagaEvent.StepCompleted(id, step, s_at);
}
