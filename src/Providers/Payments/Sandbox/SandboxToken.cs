namespace Crescent.Providers.Payments.Sandbox;

/// <summary>How the sandbox behaves for a payment token; product documentation names these tokens.</summary>
internal enum SandboxToken
{
    Unknown,

    /// <summary>Captures.</summary>
    Ok,

    /// <summary>Declines.</summary>
    Decline,

    /// <summary>Captures after a while.</summary>
    Slow,

    /// <summary>Fails twice for each key, then captures.</summary>
    Flaky,

    /// <summary>Captures and never answers.</summary>
    TimeoutAfterCapture,

    /// <summary>Says that the outcome is unknown, and captures later unless the key is cancelled before.</summary>
    LateCapture,

    /// <summary>
    /// Is out of reach for every capture. What stands can still be asked, so that one such order does not open the
    /// circuit before everybody else's.
    /// </summary>
    Down,
}

internal static class SandboxTokens
{
    /// <summary>The failures of <c>tok_flaky</c> before it works.</summary>
    public const int FlakyFailures = 2;

    public static SandboxToken Parse(string? token) => token switch
    {
        "tok_ok" => SandboxToken.Ok,
        "tok_decline" => SandboxToken.Decline,
        "tok_slow" => SandboxToken.Slow,
        "tok_flaky" => SandboxToken.Flaky,
        "tok_timeout_after_capture" => SandboxToken.TimeoutAfterCapture,
        "tok_late_capture" => SandboxToken.LateCapture,
        "tok_down" => SandboxToken.Down,
        _ => SandboxToken.Unknown,
    };
}
