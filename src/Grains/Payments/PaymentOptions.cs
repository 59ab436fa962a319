namespace Crescent.Grains.Payments;

/// <summary>Bounds of calls to the payment provider, from <c>Crescent:Payments</c>.</summary>
public sealed record PaymentOptions
{
    public const string Section = "Crescent:Payments";

    /// <summary>How long one call to the provider may take before its outcome counts as unknown.</summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>The sentence that says what is wrong, or null.</summary>
    public string? Problem() => CallTimeout <= TimeSpan.Zero ? $"{Section}:{nameof(CallTimeout)} must be longer than 0." : null;
}
