using Crescent.Domain;
using Crescent.Domain.Inventory;
using Crescent.Domain.Orders;
using Crescent.Domain.OrderSaga;
using Crescent.Domain.Payments;
using Crescent.Domain.Shipments;
using Crescent.EventStore;

namespace Benchmarks.ReadModels;

/// <summary>Fills a log with orders that go through the whole saga, many at a time, as they stand in the log of a busy shop.</summary>
internal static class SampleOrders
{
    private const int AtOnce = 128;
    private static readonly Money s_price = new(100, "USD");
    private static readonly DateTimeOffset s_at = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Address s_shipTo = new("Mira Berg", "Lindenweg 1", "Berlin", "10115", "DE");

    public static Task FillAsync(IEventStore store, int orders) =>
        Task.WhenAll(Enumerable.Range(0, AtOnce).Select(worker => Task.Run(async () =>
        {
            // Only this worker appends to it.
            var product = new Stream(store, StreamCategory.Inventory, Guid.CreateVersion7().ToString());
            await product.AppendAsync(new InventoryEvent.ProductCreated(product.Id, "A lamp for reading", s_price), new InventoryEvent.StockReceived(product.Id, orders));
            for (var i = worker; i < orders; i += AtOnce) await PlaceAsync(store, product);
        })));

    private static async Task PlaceAsync(IEventStore store, Stream product)
    {
        var id = Guid.CreateVersion7().ToString();
        const string user = "0192f3a0-0000-7000-8000-000000000001";
        var (order, saga) = (new Stream(store, StreamCategory.Order, id), new Stream(store, StreamCategory.Saga, id));
        await order.AppendAsync(new OrderEvent.Placed(
            id, user, "Mira Berg", [new OrderLine(product.Id, "A lamp for reading", 1, s_price)], s_price, s_shipTo, "tok_ok", "hash", s_at));
        await saga.AppendAsync(
            new SagaEvent.Started(id, user, [new ProductQuantity(product.Id, 1, s_price)], s_price, s_at.AddMinutes(15), s_at), Step(id, SagaStep.ValidateOrder));
        await saga.AppendAsync(Done(id, SagaStep.ValidateOrder), Step(id, SagaStep.ReserveInventory));
        await product.AppendAsync(new InventoryEvent.StockReserved(product.Id, id, 1, s_at.AddMinutes(15)));
        await saga.AppendAsync(Done(id, SagaStep.ReserveInventory), Step(id, SagaStep.ProcessPayment));
        await new Stream(store, StreamCategory.Payment, id).AppendAsync(
            new PaymentEvent.Requested(id, s_price, "sandbox", s_at), new PaymentEvent.Captured(id, s_price, "r1", s_at));
        await order.AppendAsync(new OrderEvent.Confirmed(id, s_at));
        await saga.AppendAsync(Done(id, SagaStep.ProcessPayment), Step(id, SagaStep.CreateShipment));
        await new Stream(store, StreamCategory.Shipment, id).AppendAsync(new ShipmentEvent.Created(id, user, "Mira Berg", s_shipTo, "sandbox", "T1", s_at));
        await product.AppendAsync(new InventoryEvent.StockCommitted(product.Id, id, 1));
        await order.AppendAsync(new OrderEvent.Shipped(id, s_at));
        await saga.AppendAsync(Done(id, SagaStep.CreateShipment), Step(id, SagaStep.SendNotification));
        await order.AppendAsync(new OrderEvent.Completed(id, s_at));
        await saga.AppendAsync(Done(id, SagaStep.SendNotification), new SagaEvent.Completed(id, s_at));
    }

    private static SagaEvent.StepStarted Step(string id, SagaStep step) => new(id, step, 1, s_at);

    private static SagaEvent.StepCompleted Done(string id, SagaStep step) => new(id, step, s_at);

    private sealed class Stream(IEventStore store, string category, string id)
    {
        private int _version;

        public string Id => id;

        public async Task AppendAsync(params IDomainEvent[] events)
        {
            var command = Guid.CreateVersion7();
            var metadata = new EventMetadata(command, EventStore.RawInserts.Correlation, EventStore.RawInserts.Causation, EventStore.RawInserts.TraceParent, s_at);
            var appended = await store.AppendAsync(new AppendRequest(
                new StreamName(category, id), _version, command, [.. events.Select(happened => new NewEvent(Guid.CreateVersion7(), happened, metadata))]));
            _version = ((AppendResult.Appended)appended).Version;
        }
    }
}
