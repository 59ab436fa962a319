using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Crescent.Domain.Inventory;

public abstract record InventoryEvent : IDomainEvent
{
    InventoryEvent()
    {
    }

    public sealed record ProductCreated(string ProductId, string Name, Money Price) : InventoryEvent;

    public sealed record ProductUpdated(string ProductId, string Name, Money Price) : InventoryEvent;

    public sealed record StockReceived(string ProductId, int Quantity) : InventoryEvent;

    public sealed record StockAdjusted(string ProductId, int By, string Reason) : InventoryEvent;

    public sealed record StockReserved(string ProductId, string OrderId, int Quantity, DateTimeOffset ExpiresAt) : InventoryEvent;

    /// <param name="RefuseUntil">Until when a reservation of the same order that arrives late is refused.</param>
    public sealed record StockReleased(
        string ProductId, string OrderId, int Quantity, ReleasedFrom From, DateTimeOffset RefuseUntil) : InventoryEvent;

    public sealed record StockCommitted(string ProductId, string OrderId, int Quantity) : InventoryEvent;

    public sealed record ReservationExpired(string ProductId, string OrderId, int Quantity) : InventoryEvent;
}

public enum ReleasedFrom
{
    /// <summary>The order held nothing; all that is left is the refusal of a late reservation.</summary>
    Nothing,
    Reservation,

    /// <summary>The goods had left the stock for a shipment that was cancelled; they are on hand again.</summary>
    Commitment,
}

public sealed record Reservation(int Quantity, DateTimeOffset ExpiresAt);

/// <summary>
/// One product and its stock. On hand is what is available plus what is reserved. The state grows with the orders
/// in flight, never with those of the past: what it remembers of settled orders is bounded by the named limits.
/// </summary>
public sealed record InventoryItem
{
    /// <summary>
    /// How many released orders are remembered one by one. Beyond it the oldest is forgotten and
    /// <see cref="ReservationHorizon"/> raised to the time until which it was to be refused.
    /// </summary>
    public const int ReleasedLimit = 1024;

    /// <summary>
    /// How many committed orders are remembered. One that is forgotten holds no reservation any more, so that a
    /// second commit of it is refused rather than done twice.
    /// </summary>
    public const int CommittedLimit = 256;

    /// <summary>How many expired reservations can still be taken again; a forgotten one counts as gone for good.</summary>
    public const int ExpiredLimit = 1024;

    public static InventoryItem Initial { get; } = new();

    public string ProductId { get; init; } = "";

    public string Name { get; init; } = "";

    /// <summary>Null until the product exists.</summary>
    public Money? Price { get; init; }

    public long Available { get; init; }

    public long Reserved { get; init; }

    public ImmutableDictionary<string, Reservation> Reservations { get; init; } =
        ImmutableDictionary<string, Reservation>.Empty;

    public RecentOrders<Reservation> Expired { get; init; } = RecentOrders<Reservation>.None;

    public RecentOrders<int> Committed { get; init; } = RecentOrders<int>.None;

    public RecentOrders<DateTimeOffset> Released { get; init; } = RecentOrders<DateTimeOffset>.None;

    /// <summary>
    /// Reservations that would expire by then are refused. A saga asks for one expiry only, however often it repeats
    /// the reservation, so that a late one of a forgotten released order falls below the horizon, whatever the clocks say.
    /// </summary>
    public DateTimeOffset ReservationHorizon { get; init; }

    [JsonIgnore]
    public bool Exists => Price is not null;

    [JsonIgnore]
    public long OnHand => Available + Reserved;

    public InventoryItem Evolve(InventoryEvent happened) => happened switch
    {
        InventoryEvent.ProductCreated e when !Exists => this with { ProductId = e.ProductId, Name = e.Name, Price = e.Price },
        InventoryEvent.ProductUpdated e when Exists => this with { Name = e.Name, Price = e.Price },
        InventoryEvent.StockReceived e when Exists && e.Quantity > 0 => this with { Available = Available + e.Quantity },
        InventoryEvent.StockAdjusted e when Exists && Available + e.By >= 0 => this with { Available = Available + e.By },
        InventoryEvent.StockReserved e when CanReserve(e) => Reserve(e),
        InventoryEvent.StockCommitted e when Holds(e.OrderId, e.Quantity) => Commit(e),
        InventoryEvent.ReservationExpired e when Holds(e.OrderId, e.Quantity) => Expire(e),
        InventoryEvent.StockReleased e when CanRelease(e) => Release(e),
        _ => throw new ImpossibleEventException(nameof(InventoryItem), Exists ? "in stock" : "unknown", happened),
    };

    bool Holds(string orderId, int quantity) =>
        Reservations.TryGetValue(orderId, out var reservation) && reservation.Quantity == quantity;

    bool CanReserve(InventoryEvent.StockReserved e) =>
        Exists && e.Quantity > 0 && Available >= e.Quantity && !Reservations.ContainsKey(e.OrderId);

    InventoryItem Reserve(InventoryEvent.StockReserved e) => this with
    {
        Available = Available - e.Quantity,
        Reserved = Reserved + e.Quantity,
        Reservations = Reservations.Add(e.OrderId, new Reservation(e.Quantity, e.ExpiresAt)),
        Expired = Expired.Without(e.OrderId),
    };

    InventoryItem Commit(InventoryEvent.StockCommitted e) => this with
    {
        Reserved = Reserved - e.Quantity,
        Reservations = Reservations.Remove(e.OrderId),
        Committed = Committed.With(e.OrderId, e.Quantity, CommittedLimit, out _),
    };

    InventoryItem Expire(InventoryEvent.ReservationExpired e) => this with
    {
        Available = Available + e.Quantity,
        Reserved = Reserved - e.Quantity,
        Reservations = Reservations.Remove(e.OrderId),
        Expired = Expired.With(e.OrderId, Reservations[e.OrderId], ExpiredLimit, out _),
    };

    bool CanRelease(InventoryEvent.StockReleased e) => Exists && e.From switch
    {
        ReleasedFrom.Nothing => e.Quantity == 0 && !Reservations.ContainsKey(e.OrderId),
        ReleasedFrom.Reservation => Holds(e.OrderId, e.Quantity),
        ReleasedFrom.Commitment => e.Quantity > 0 && !Reservations.ContainsKey(e.OrderId),
        _ => false,
    };

    InventoryItem Release(InventoryEvent.StockReleased e)
    {
        var released = Released.With(e.OrderId, e.RefuseUntil, ReleasedLimit, out var forgotten);
        return this with
        {
            Available = Available + e.Quantity,
            Reserved = e.From is ReleasedFrom.Reservation ? Reserved - e.Quantity : Reserved,
            Reservations = Reservations.Remove(e.OrderId),
            Expired = Expired.Without(e.OrderId),
            Committed = Committed.Without(e.OrderId),
            Released = released,
            ReservationHorizon = forgotten > ReservationHorizon ? forgotten : ReservationHorizon,
        };
    }
}
