namespace Crescent.Providers.Resilience;

public enum CircuitPosition { Closed, Open, HalfOpen }

/// <summary>What an operator sees of one provider's circuit.</summary>
/// <param name="FailuresInARow">Failures since the last answer; an answer that declines or refuses is an answer.</param>
/// <param name="LastFailure">The type of the last failure (never its message, which could quote personal data).</param>
public sealed record CircuitStatus(
    string Provider, CircuitPosition Position, DateTimeOffset Since, int FailuresInARow, string? LastFailure);
