using Crescent.Domain.Orders;
using Crescent.EventStore.PersonalData;
using Crescent.GrainInterfaces.Orders;
using Contract = Crescent.GrainInterfaces.Orders;
using Rules = Crescent.Domain.Orders;

namespace Crescent.Grains.Orders;

/// <summary>An order of the domain as contracts show it, and the other way round.</summary>
static class OrderViews
{
    public static OrderView ToView(this Order order, int version) => new(
        order.OrderId, order.UserId, order.UserName ?? PersonalKey.Erased, ToContract(order.Status), [.. order.Lines.Select(ToView)],
        order.Total!.Value.Amount, order.Total.Value.Currency, order.Reason is { } reason ? Wording.Of(reason) : null,
        order.PlacedAt, order.UpdatedAt, version);

    public static Address? ToContract(this Domain.Address? address) =>
        address is null ? null : new Address(address.Name, address.Street, address.City, address.PostalCode, address.Country);

    public static Domain.Address? ToDomain(this Address? address) =>
        address is null ? null : new Domain.Address(address.Name, address.Street, address.City, address.PostalCode, address.Country);

    static OrderLineView ToView(OrderLine line) =>
        new(line.ProductId, line.Name, line.Quantity, line.UnitPrice.Amount, line.LineTotal.Amount);

    static Contract.OrderStatus ToContract(Rules.OrderStatus status) => status switch
    {
        Rules.OrderStatus.Placed => Contract.OrderStatus.Placed,
        Rules.OrderStatus.Confirmed => Contract.OrderStatus.Confirmed,
        Rules.OrderStatus.Shipped => Contract.OrderStatus.Shipped,
        Rules.OrderStatus.Completed => Contract.OrderStatus.Completed,
        Rules.OrderStatus.Rejected => Contract.OrderStatus.Rejected,
        Rules.OrderStatus.Cancelling => Contract.OrderStatus.Cancelling,
        Rules.OrderStatus.Cancelled => Contract.OrderStatus.Cancelled,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };
}
