namespace Crescent.Domain.Inventory;

public sealed record CreateProduct(string ProductId, string Name, decimal Price, string Currency, int Stock);

/// <summary>Null leaves a field as it is.</summary>
public sealed record UpdateProduct(string? Name, decimal? Price, string? Currency);

public sealed record ReceiveStock(int Quantity);

public sealed record AdjustStock(int By, string Reason);

/// <summary>What all lines of the order that name the product ask for together.</summary>
/// <param name="ExpiresAt">The same however often the reservation is repeated.</param>
public sealed record ReserveStock(string OrderId, int Quantity, DateTimeOffset ExpiresAt, DateTimeOffset Now)
{
    public static readonly TimeSpan DefaultHold = TimeSpan.FromMinutes(15);
}

/// <param name="RefuseUntil">When the order's reservation expires or would have: from then on it refuses itself.</param>
/// <param name="CommittedQuantity">
/// What the order's commit took out of the stock, found by its command id in the stream; 0 if it is not recorded.
/// </param>
public sealed record ReleaseStock(string OrderId, DateTimeOffset RefuseUntil, int CommittedQuantity = 0);

public sealed record CommitStock(string OrderId, DateTimeOffset Now);

/// <summary>Expires whatever is due, at most <see cref="InventoryDecider.ExpireLimit"/> reservations at a time.</summary>
public sealed record ExpireReservations(DateTimeOffset Now);

public enum CreateProductRejection
{
    InvalidName,
    InvalidPrice,
    InvalidStock,
    UnknownCurrency,
    TooManyDecimals,
    AlreadyExists,
}

public enum UpdateProductRejection
{
    NotFound,
    InvalidName,
    InvalidPrice,
    UnknownCurrency,
    TooManyDecimals,
}

public enum ReceiveStockRejection
{
    NotFound,
    InvalidQuantity,
    TooMuch,
}

public enum AdjustStockRejection
{
    NotFound,
    InvalidReason,
    BelowZero,
    TooMuch,
}

public enum ReserveStockRejection
{
    NotFound,
    InvalidQuantity,
    OutOfStock,

    /// <summary>The order holds a reservation of another quantity.</summary>
    DifferentQuantity,

    /// <summary>The order was compensated; this reservation comes too late.</summary>
    Released,
    AlreadyCommitted,

    /// <summary>It would have expired already.</summary>
    ReservationExpired,
}

/// <summary>Releasing has no way to fail: it is valid before, during and after a reservation.</summary>
public enum ReleaseStockRejection;

public enum CommitStockRejection
{
    NotFound,
    Released,
    ReservationExpired,
}

public enum ExpireReservationsRejection;

public static class InventoryDecider
{
    public const int MaxNameLength = 200;
    public const int MaxOnHand = 1_000_000_000;
    public const decimal MaxPrice = 1_000_000_000_000m;
    public const int ExpireLimit = 256;

    public static Decision<InventoryEvent, CreateProductRejection> Create(InventoryItem state, CreateProduct command)
    {
        if (!IsValidName(command.Name)) return CreateProductRejection.InvalidName;
        if (!IsValidPrice(command.Price)) return CreateProductRejection.InvalidPrice;
        if (command.Stock is < 0 or > MaxOnHand) return CreateProductRejection.InvalidStock;
        switch (Money.Problem(command.Price, command.Currency))
        {
            case MoneyProblem.UnknownCurrency: return CreateProductRejection.UnknownCurrency;
            case MoneyProblem.TooManyDecimals: return CreateProductRejection.TooManyDecimals;
        }

        var name = command.Name.Trim();
        var price = new Money(command.Price, command.Currency);
        if (state.Exists)
        {
            return state.Name == name && state.Price == price
                ? AlreadySo.Instance
                : CreateProductRejection.AlreadyExists;
        }

        var created = new InventoryEvent.ProductCreated(command.ProductId, name, price);
        if (command.Stock == 0) return created;
        return new(created, new InventoryEvent.StockReceived(command.ProductId, command.Stock));
    }

    public static Decision<InventoryEvent, UpdateProductRejection> Update(InventoryItem state, UpdateProduct command)
    {
        if (state.Price is not { } before) return UpdateProductRejection.NotFound;
        if (command.Name is not null && !IsValidName(command.Name)) return UpdateProductRejection.InvalidName;
        var amount = command.Price ?? before.Amount;
        var currency = command.Currency ?? before.Currency;
        if (!IsValidPrice(amount)) return UpdateProductRejection.InvalidPrice;
        switch (Money.Problem(amount, currency))
        {
            case MoneyProblem.UnknownCurrency: return UpdateProductRejection.UnknownCurrency;
            case MoneyProblem.TooManyDecimals: return UpdateProductRejection.TooManyDecimals;
        }

        var name = command.Name?.Trim() ?? state.Name;
        var price = new Money(amount, currency);
        return name == state.Name && price == before
            ? AlreadySo.Instance
            : new InventoryEvent.ProductUpdated(state.ProductId, name, price);
    }

    public static Decision<InventoryEvent, ReceiveStockRejection> Receive(InventoryItem state, ReceiveStock command)
    {
        if (!state.Exists) return ReceiveStockRejection.NotFound;
        if (command.Quantity <= 0) return ReceiveStockRejection.InvalidQuantity;
        return state.OnHand + command.Quantity > MaxOnHand
            ? ReceiveStockRejection.TooMuch
            : new InventoryEvent.StockReceived(state.ProductId, command.Quantity);
    }

    public static Decision<InventoryEvent, AdjustStockRejection> Adjust(InventoryItem state, AdjustStock command)
    {
        if (!state.Exists) return AdjustStockRejection.NotFound;
        if (!IsValidName(command.Reason)) return AdjustStockRejection.InvalidReason;
        if (command.By == 0) return AlreadySo.Instance;
        if (state.Available + command.By < 0) return AdjustStockRejection.BelowZero;
        return command.By > 0 && state.OnHand + command.By > MaxOnHand
            ? AdjustStockRejection.TooMuch
            : new InventoryEvent.StockAdjusted(state.ProductId, command.By, command.Reason.Trim());
    }

    public static Decision<InventoryEvent, ReserveStockRejection> Reserve(InventoryItem state, ReserveStock command)
    {
        if (!state.Exists) return ReserveStockRejection.NotFound;
        if (command.Quantity <= 0) return ReserveStockRejection.InvalidQuantity;
        if (state.Reservations.TryGetValue(command.OrderId, out var held))
            return held.Quantity == command.Quantity ? AlreadySo.Instance : ReserveStockRejection.DifferentQuantity;
        if (state.Released.Contains(command.OrderId)) return ReserveStockRejection.Released;
        if (state.Committed.Contains(command.OrderId)) return ReserveStockRejection.AlreadyCommitted;
        if (command.ExpiresAt <= command.Now || command.ExpiresAt <= state.ReservationHorizon)
            return ReserveStockRejection.ReservationExpired;
        return state.Available < command.Quantity
            ? ReserveStockRejection.OutOfStock
            : new InventoryEvent.StockReserved(state.ProductId, command.OrderId, command.Quantity, command.ExpiresAt);
    }

    /// <summary>Gives back what the order has, and leaves a refusal of a reservation still under way.</summary>
    public static Decision<InventoryEvent, ReleaseStockRejection> Release(InventoryItem state, ReleaseStock command)
    {
        if (!state.Exists || state.Released.Contains(command.OrderId)) return AlreadySo.Instance;
        var (quantity, from) = (0, ReleasedFrom.Nothing);
        if (state.Reservations.TryGetValue(command.OrderId, out var held))
            (quantity, from) = (held.Quantity, ReleasedFrom.Reservation);
        else if (state.Committed.TryGet(command.OrderId, out var committed))
            (quantity, from) = (committed, ReleasedFrom.Commitment);
        else if (command.CommittedQuantity > 0)
            (quantity, from) = (command.CommittedQuantity, ReleasedFrom.Commitment);
        return new InventoryEvent.StockReleased(state.ProductId, command.OrderId, quantity, from, command.RefuseUntil);
    }

    /// <summary>
    /// Takes the reserved goods out of the stock. An expired reservation is taken again if there is enough; one that
    /// is due but was not swept yet still stands, since nobody else could take the goods.
    /// </summary>
    public static Decision<InventoryEvent, CommitStockRejection> Commit(InventoryItem state, CommitStock command)
    {
        if (!state.Exists) return CommitStockRejection.NotFound;
        if (state.Reservations.TryGetValue(command.OrderId, out var held))
            return new InventoryEvent.StockCommitted(state.ProductId, command.OrderId, held.Quantity);
        if (state.Committed.Contains(command.OrderId)) return AlreadySo.Instance;
        if (state.Released.Contains(command.OrderId)) return CommitStockRejection.Released;
        if (!state.Expired.TryGet(command.OrderId, out var expired) || state.Available < expired.Quantity)
            return CommitStockRejection.ReservationExpired;
        return new(
            new InventoryEvent.StockReserved(state.ProductId, command.OrderId, expired.Quantity, command.Now),
            new InventoryEvent.StockCommitted(state.ProductId, command.OrderId, expired.Quantity));
    }

    public static Decision<InventoryEvent, ExpireReservationsRejection> Expire(InventoryItem state, ExpireReservations command)
    {
        var due = state.Reservations
            .Where(held => held.Value.ExpiresAt <= command.Now)
            .OrderBy(held => held.Value.ExpiresAt)
            .Take(ExpireLimit)
            .Select(InventoryEvent (held) => new InventoryEvent.ReservationExpired(state.ProductId, held.Key, held.Value.Quantity));
        return new(due.ToArray());
    }

    static bool IsValidName(string? name) => ShortText.IsValid(name, MaxNameLength);

    static bool IsValidPrice(decimal price) => price is >= 0 and <= MaxPrice;
}
