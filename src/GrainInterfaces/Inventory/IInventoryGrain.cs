using Orleans.Concurrency;

namespace Crescent.GrainInterfaces.Inventory;

/// <summary>A product and its stock: on hand = available + reserved, and available is never below zero. Key: the product id.</summary>
[Alias("crescent.IInventoryGrain")]
public interface IInventoryGrain : IGrainWithStringKey
{
    /// <summary>Puts the product into the catalogue, with a first stock.</summary>
    [Alias("Create")]
    Task<CommandResult<InventoryRejectionReason>> Create(CreateProduct command, CancellationToken cancellationToken = default);

    /// <summary>Changes name or price; orders placed before keep theirs.</summary>
    [Alias("Update")]
    Task<CommandResult<InventoryRejectionReason>> Update(UpdateProduct command, CancellationToken cancellationToken = default);

    /// <summary>Adds what was delivered to the stock.</summary>
    [Alias("Receive")]
    Task<CommandResult<InventoryRejectionReason>> Receive(ReceiveStock command, CancellationToken cancellationToken = default);

    /// <summary>Corrects the stock after a count; never below what is reserved.</summary>
    [Alias("Adjust")]
    Task<CommandResult<InventoryRejectionReason>> Adjust(AdjustStock command, CancellationToken cancellationToken = default);

    /// <summary>Holds units for one order until it commits, releases or the reservation expires. Once per order.</summary>
    [Alias("Reserve")]
    Task<CommandResult<InventoryRejectionReason>> Reserve(ReserveStock command, CancellationToken cancellationToken = default);

    /// <summary>
    /// Gives an order's units back. Valid before the reservation arrives: it then leaves a tombstone that refuses a late one.
    /// </summary>
    [Alias("Release")]
    Task<CommandResult<InventoryRejectionReason>> Release(ReleaseStock command, CancellationToken cancellationToken = default);

    /// <summary>Takes an order's units out of the stock for good; an expired reservation is taken again if there is enough.</summary>
    [Alias("Commit")]
    Task<CommandResult<InventoryRejectionReason>> Commit(CommitStock command, CancellationToken cancellationToken = default);

    /// <summary>Lets the reservations go whose time is over. The sweeper calls it; repeating it changes nothing.</summary>
    [Alias("ExpireReservations")]
    Task<CommandResult<InventoryRejectionReason>> ExpireReservations(CancellationToken cancellationToken = default);

    /// <summary>The product as it is now; null if there is none.</summary>
    [Alias("Get"), ReadOnly]
    Task<ProductView?> Get(CancellationToken cancellationToken = default);
}
