using Crescent.Domain.Inventory;
using Crescent.Domain.OrderSaga;

namespace Crescent.Grains.OrderSaga;

/// <summary>How patient order sagas are, from <c>Crescent:OrderSaga</c>.</summary>
public sealed record SagaOptions
{
    public const string Section = "Crescent:OrderSaga";

    /// <summary>How long stock is held for an order.</summary>
    public TimeSpan ReservationHold { get; set; } = ReserveStock.DefaultHold;

    /// <summary>How long after its first failure a step or a compensation is tried again.</summary>
    public TimeSpan RetryBudget { get; set; } = SagaRetryPolicy.Default.Budget;

    /// <summary>Pause after the first failure; it doubles with each one.</summary>
    public TimeSpan FirstRetryDelay { get; set; } = SagaRetryPolicy.Default.FirstDelay;

    /// <summary>The longest pause between two tries.</summary>
    public TimeSpan MaxRetryDelay { get; set; } = SagaRetryPolicy.Default.MaxDelay;

    /// <summary>How long one attempt waits for a participant.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>What the domain's rules take of these.</summary>
    public SagaRetryPolicy Policy => new(RetryBudget, FirstRetryDelay, MaxRetryDelay);

    /// <summary>The sentence that says what is wrong, or null.</summary>
    public string? Problem() => this switch
    {
        _ when ReservationHold <= TimeSpan.Zero => Say(nameof(ReservationHold), "must be longer than 0"),
        _ when RetryBudget < TimeSpan.Zero => Say(nameof(RetryBudget), "must not be negative"),
        _ when FirstRetryDelay <= TimeSpan.Zero => Say(nameof(FirstRetryDelay), "must be longer than 0"),
        _ when MaxRetryDelay < FirstRetryDelay => Say(nameof(MaxRetryDelay), $"must not be shorter than {nameof(FirstRetryDelay)}"),
        _ when AttemptTimeout <= TimeSpan.Zero => Say(nameof(AttemptTimeout), "must be longer than 0"),
        _ => null,
    };

    static string Say(string name, string what) => $"{Section}:{name} {what}.";
}
