namespace Crescent.EventStore;

/// <summary>The categories of Crescent's streams. They are stored, so a name here never changes.</summary>
public static class StreamCategory
{
    public const string User = "user";
    public const string Inventory = "inventory";
    public const string Order = "order";
    public const string Payment = "payment";
    public const string Shipment = "shipment";
    public const string Saga = "saga";
    public const string EmailClaim = "email-claim";
}
