using Crescent.Domain.Inventory;
using Crescent.EventStore;

namespace Benchmarks.EventStore;

internal static class Samples
{
    /// <summary>An event of the size that most have.</summary>
    public static NewEvent NewEvent(string productId)
    {
        var command = Guid.CreateVersion7();
        var reserved = new InventoryEvent.StockReserved(productId, command.ToString(), 2, DateTimeOffset.UnixEpoch.AddYears(60));
        return new NewEvent(command, reserved, new EventMetadata(command, RawInserts.Correlation, RawInserts.Causation, RawInserts.TraceParent, DateTimeOffset.UnixEpoch));
    }
}
