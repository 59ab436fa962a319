using Crescent.Domain.Shipments;
using FsCheck;
using FsCheck.Fluent;

namespace Crescent.Domain.Tests.Shipments;

public sealed class ShipmentTests : AggregateProperties<Shipment, ShipmentEvent>
{
    static readonly Address Home = new("Ada", "Main St 1", "London", "N1", "GB");
    static readonly Shipment Created = Shipment.Initial.Evolve(new ShipmentEvent.Created("o1", "u1", "Ada", Home, "sandbox", "T1", Start));
    static readonly Shipment Cancelled = Created.Evolve(new ShipmentEvent.Cancelled("o1", Start));
    static readonly Shipment Dispatched = Created.Evolve(new ShipmentEvent.Dispatched("o1", Start));
    static readonly Shipment Delivered = Dispatched.Evolve(new ShipmentEvent.Delivered("o1", Start));

    protected override Shipment Initial => Shipment.Initial;

    protected override Gen<Operation<Shipment, ShipmentEvent>> AnyOperation => Gen.Frequency(
        (3, from tracking in Gen.Elements("T1", "T2")
            from now in AnyTime
            select Of(ShipmentDecider.Create, new CreateShipment("o1", "u1", "Ada", Home, "sandbox", tracking, now))),
        (1, AnyTime.Select(now => Of(ShipmentDecider.Cancel, new CancelShipment("o1", now)))),
        (2, AnyTime.Select(now => Of(ShipmentDecider.Dispatch, new DispatchShipment(now)))),
        (2, AnyTime.Select(now => Of(ShipmentDecider.Deliver, new DeliverShipment(now)))));

    protected override Shipment Evolve(Shipment state, ShipmentEvent happened) => state.Evolve(happened);

    protected override void AssertInvariants(
        Journal<Shipment, ShipmentEvent> journal, Operation<Shipment, ShipmentEvent> last, Outcome<ShipmentEvent> outcome)
    {
        var names = journal.Events.Select(happened => happened.GetType().Name).ToList();
        Assert.Equal(names.Distinct(), names);
        if (names.Contains(nameof(ShipmentEvent.Cancelled)))
        {
            Assert.Equal(nameof(ShipmentEvent.Cancelled), names[^1]);
            Assert.DoesNotContain(nameof(ShipmentEvent.Dispatched), names);
        }
    }

    [Fact]
    public void Create_AfterCancellationThatCameFirst_IsRefused()
    {
        var cancelled = ShipmentDecider.Cancel(Shipment.Initial, new CancelShipment("o1", Start)).Events.Aggregate(Shipment.Initial, Evolve);
        Assert.Equal(
            CreateShipmentRejection.Cancelled,
            ShipmentDecider.Create(cancelled, new CreateShipment("o1", "u1", "Ada", Home, "sandbox", "T1", Start)).Rejection);
    }

    [Fact]
    public void DispatchDeliverAndCancel_NotPossible_AreRejectedByName()
    {
        DispatchShipmentRejection? Dispatch(Shipment shipment) => ShipmentDecider.Dispatch(shipment, new DispatchShipment(Start)).Rejection;
        Assert.Equal(DispatchShipmentRejection.NotFound, Dispatch(Shipment.Initial));
        Assert.Equal(DispatchShipmentRejection.Cancelled, Dispatch(Cancelled));

        DeliverShipmentRejection? Deliver(Shipment shipment) => ShipmentDecider.Deliver(shipment, new DeliverShipment(Start)).Rejection;
        Assert.Equal(DeliverShipmentRejection.NotFound, Deliver(Shipment.Initial));
        Assert.Equal(DeliverShipmentRejection.NotDispatched, Deliver(Created));
        Assert.Equal(DeliverShipmentRejection.Cancelled, Deliver(Cancelled));

        CancelShipmentRejection? Cancel(Shipment shipment) => ShipmentDecider.Cancel(shipment, new CancelShipment("o1", Start)).Rejection;
        Assert.Equal(CancelShipmentRejection.AlreadyDispatched, Cancel(Dispatched));
        Assert.Equal(CancelShipmentRejection.AlreadyDispatched, Cancel(Delivered));
    }
}
