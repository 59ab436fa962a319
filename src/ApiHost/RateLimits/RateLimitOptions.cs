using System.ComponentModel.DataAnnotations;

namespace Crescent.ApiHost.RateLimits;

/// <summary>How much one caller may ask of this host: <c>Crescent:RateLimits</c>.</summary>
public sealed class RateLimitOptions
{
    public const string Section = "Crescent:RateLimits";

    /// <summary>Requests a caller may send in one window; 0 turns the limit off.</summary>
    [Range(0, 1_000_000)]
    public int Requests { get; set; } = 6_000;

    /// <summary>Length of a window in seconds.</summary>
    [Range(1, 3_600)]
    public int WindowSeconds { get; set; } = 60;

    /// <summary>Callers remembered at once. When more come within one window, those beyond share a single allowance.</summary>
    [Range(1, 1_000_000)]
    public int MaxCallers { get; set; } = 100_000;
}
