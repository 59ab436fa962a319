using System.Globalization;
using System.Text;

namespace Crescent.GrainInterfaces.Integration;

/// <summary>Names of the streams that carry <see cref="IntegrationBatch"/>. The key of a stream is its partition number.</summary>
public static class IntegrationStreams
{
    /// <summary>The stream provider.</summary>
    public const string Provider = "integration";

    /// <summary>What happened to users.</summary>
    public const string UserEvents = "user.events";

    /// <summary>What happened to products and their stock.</summary>
    public const string InventoryEvents = "inventory.events";

    /// <summary>What happened to orders.</summary>
    public const string OrderEvents = "order.events";

    /// <summary>What happened to payments.</summary>
    public const string PaymentEvents = "payment.events";

    /// <summary>What happened to shipments.</summary>
    public const string ShipmentEvents = "shipment.events";

    /// <summary>
    /// Partitions per namespace. Fixed: the checkpoints of consumers name partitions, and an aggregate must stay in its own.
    /// </summary>
    public const int Partitions = 8;

    /// <summary>All namespaces.</summary>
    public static IReadOnlyList<string> Namespaces { get; } = [UserEvents, InventoryEvents, OrderEvents, PaymentEvents, ShipmentEvents];

    /// <summary>The key of a partition's stream.</summary>
    public static string KeyOf(int partition) => partition.ToString(CultureInfo.InvariantCulture);

    /// <summary>The partition of an aggregate: FNV-1a (32 bit, over UTF-8) of its id, modulo <see cref="Partitions"/>.</summary>
    public static int PartitionOf(string aggregateId)
    {
        ArgumentNullException.ThrowIfNull(aggregateId);
        var hash = 2166136261u;
        foreach (var b in Encoding.UTF8.GetBytes(aggregateId)) hash = unchecked((hash ^ b) * 16777619u);
        return (int)(hash % Partitions);
    }
}
