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
}
