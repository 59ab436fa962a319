namespace Crescent.Providers.Resilience;

/// <summary>How calls to one kind of outbound provider are bounded. Bound from <c>Crescent:Providers:Circuit</c>.</summary>
public sealed class ProviderCircuitOptions
{
    public const string Section = "Crescent:Providers:Circuit";

    /// <summary>This many failures in a row, within <see cref="FailureWindow"/>, open the circuit.</summary>
    public int FailureThreshold { get; set; } = 5;

    /// <summary>Failures further apart than this say nothing about the provider's health now.</summary>
    public TimeSpan FailureWindow { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>An open circuit lets one call through after this time; its outcome closes or reopens the circuit.</summary>
    public TimeSpan ResetTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>One call to a provider takes at most this long; what has not answered by then has an unknown outcome.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(5);

    internal IEnumerable<string> Errors()
    {
        if (FailureThreshold < 2)
            yield return $"{Section}:FailureThreshold is {FailureThreshold}; it must be at least 2.";
        if (FailureWindow < TimeSpan.FromSeconds(1) || FailureWindow > TimeSpan.FromHours(1))
            yield return $"{Section}:FailureWindow is {FailureWindow}; it must be between 1 second and 1 hour.";
        if (ResetTimeout < TimeSpan.FromMilliseconds(500) || ResetTimeout > TimeSpan.FromHours(1))
            yield return $"{Section}:ResetTimeout is {ResetTimeout}; it must be between 0.5 seconds and 1 hour.";
        if (AttemptTimeout < TimeSpan.FromMilliseconds(10) || AttemptTimeout > FailureWindow)
            yield return $"{Section}:AttemptTimeout is {AttemptTimeout}; it must be between 10 milliseconds and the FailureWindow ({FailureWindow}).";
    }
}
