namespace Crescent.Grains.Orders;

/// <summary>Bounds of order grains, from <c>Crescent:Orders</c>.</summary>
public sealed record OrderOptions
{
    public const string Section = "Crescent:Orders";

    /// <summary>The longest one call waits for an order to end; less than what callers give a call.</summary>
    public TimeSpan MaxWait { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>How long a repeated request waits for the first one to be decided.</summary>
    public TimeSpan DuplicateWait { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The sentence that says what is wrong, or null.</summary>
    public string? Problem() => this switch
    {
        _ when MaxWait <= TimeSpan.Zero => $"{Section}:{nameof(MaxWait)} must be longer than 0.",
        _ when DuplicateWait <= TimeSpan.Zero => $"{Section}:{nameof(DuplicateWait)} must be longer than 0.",
        _ => null,
    };
}
