namespace Crescent.Grains.Shipments;

/// <summary>Bounds of calls to the carrier, from <c>Crescent:Carrier</c>.</summary>
public sealed record CarrierOptions
{
    public const string Section = "Crescent:Carrier";

    /// <summary>How long one call to the carrier may take before its outcome counts as unknown.</summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>The sentence that says what is wrong, or null.</summary>
    public string? Problem() => CallTimeout <= TimeSpan.Zero ? $"{Section}:{nameof(CallTimeout)} must be longer than 0." : null;
}
