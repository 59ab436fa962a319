namespace Crescent.ReadModels.Due;

/// <summary>Something that somebody has to see to at a time.</summary>
/// <param name="Owner">Whose grain is to be called: order id, product id or key of the e-mail claim.</param>
/// <param name="Item">Which one of the owner's; empty if it has only one.</param>
public sealed record DueItem(DueKind Kind, string Owner, string Item, DateTimeOffset DueAt);

public enum DueKind
{
    /// <summary>A saga that has not ended and waits for no operator: since when nothing has happened, or when it is to try again.</summary>
    Saga,

    /// <summary>A reservation that expires.</summary>
    Reservation,

    /// <summary>An e-mail claim whose user never came to be.</summary>
    EmailClaim,
}
