using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Crescent.Domain.Orders;

namespace Crescent.Domain.OrderSaga;

public enum SagaStatus
{
    None,
    Running,
    Compensating,
    Stuck,
    Completed,
    Compensated,
    Abandoned,
}

public enum CompensationStatus
{
    Due,
    Done,

    /// <summary>Its retries are used up; an operator can grant new ones.</summary>
    GivenUp,
}

/// <param name="Failures">How many attempts failed.</param>
/// <param name="Reason">Why the last of them failed.</param>
/// <param name="FailingSince">When the first of them failed, counted anew after an operator resumed the saga.</param>
public sealed record Compensation(
    SagaStep Step,
    CompensationStatus Status = CompensationStatus.Due,
    int Failures = 0,
    OrderFailure? Reason = null,
    DateTimeOffset? FailingSince = null,
    DateTimeOffset? RetryAt = null);

/// <summary>How far an order has come. What is to be done next is <see cref="SagaPlan.Next"/>.</summary>
public sealed record Saga
{
    public static Saga Initial { get; } = new();

    public string OrderId { get; init; } = "";

    public string UserId { get; init; } = "";

    public ImmutableArray<ProductQuantity> Items { get; init; } = [];

    /// <summary>Null until the saga is started.</summary>
    public Money? Total { get; init; }

    public DateTimeOffset ReservationExpiresAt { get; init; }

    public SagaStatus Status { get; init; }

    /// <summary>The step to take next or being taken; null once none is left.</summary>
    public SagaStep? Step { get; init; } = SagaStep.ValidateOrder;

    /// <summary>Of the current step; 0 before the first.</summary>
    public int Attempt { get; init; }

    /// <summary>The attempt was started and its outcome is not recorded: after a crash it is repeated.</summary>
    public bool IsAttemptOpen { get; init; }

    /// <summary>When the first attempt failed, counted anew after an operator resumed the saga.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>Why it compensates; null while it goes forward.</summary>
    public OrderFailure? Failure { get; init; }

    /// <summary>What is undone, last step first.</summary>
    public ImmutableArray<Compensation> Compensations { get; init; } = [];

    public StuckAt? Stuck { get; init; }

    /// <summary>Why an operator gave it up.</summary>
    public string? AbandonReason { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    [JsonIgnore]
    public bool HasEnded => Status is SagaStatus.Completed or SagaStatus.Compensated or SagaStatus.Abandoned;

    /// <summary>From here on nothing compensates.</summary>
    [JsonIgnore]
    public bool HasShipped => Step is null or > SagaStep.CreateShipment;

    public Saga Evolve(SagaEvent happened) => (Status, happened) switch
    {
        (SagaStatus.None, SagaEvent.Started e) => Start(e),
        (SagaStatus.Running, SagaEvent.StepStarted e) when e.Step == Step && e.Attempt == Attempt + 1 && !IsAttemptOpen =>
            this with { Attempt = e.Attempt, IsAttemptOpen = true, RetryAt = null, UpdatedAt = e.At },
        (SagaStatus.Running, SagaEvent.StepCompleted e) when e.Step == Step && Attempt > 0 => Proceed(e.At),
        (SagaStatus.Running, SagaEvent.StepFailed e) when e.Step == Step && e.Attempt == Attempt && IsAttemptOpen => Fail(e),
        (SagaStatus.Running, SagaEvent.Completed e) when Step is null =>
            this with { Status = SagaStatus.Completed, UpdatedAt = e.At },
        (SagaStatus.Running or SagaStatus.Stuck, SagaEvent.Compensating e) when Failure is null && !HasShipped => Compensate(e),
        (SagaStatus.Compensating, SagaEvent.StepCompensated e) when IsDue(e.Step) =>
            Change(e.Step, it => it with { Status = CompensationStatus.Done, RetryAt = null }, e.At),
        (SagaStatus.Compensating, SagaEvent.CompensationFailed e) when IsDue(e.Step) => FailCompensation(e),
        (SagaStatus.Compensating, SagaEvent.Compensated e) when Compensations.All(it => it.Status is CompensationStatus.Done) =>
            this with { Status = SagaStatus.Compensated, UpdatedAt = e.At },
        (SagaStatus.Running or SagaStatus.Compensating, SagaEvent.Stuck e) when !IsAttemptOpen && !IsAnythingDue => this with
        {
            Status = SagaStatus.Stuck,
            Stuck = new StuckAt(e.Step, e.Reason, e.Tries, e.At),
            UpdatedAt = e.At,
        },
        (SagaStatus.Stuck, SagaEvent.Resumed e) => Resume(e),
        (SagaStatus.Stuck, SagaEvent.Abandoned e) =>
            this with { Status = SagaStatus.Abandoned, AbandonReason = e.Reason, UpdatedAt = e.At },
        _ => throw new ImpossibleEventException(nameof(Saga), Status, happened),
    };

    bool IsAnythingDue => Compensations.Any(it => it.Status is CompensationStatus.Due);

    bool IsDue(SagaStep step) => Compensations.Any(it => it.Step == step && it.Status is CompensationStatus.Due);

    static Saga Start(SagaEvent.Started e) => new()
    {
        OrderId = e.OrderId,
        UserId = e.UserId,
        Items = e.Items,
        Total = e.Total,
        ReservationExpiresAt = e.ReservationExpiresAt,
        Status = SagaStatus.Running,
        StartedAt = e.At,
        UpdatedAt = e.At,
    };

    Saga Proceed(DateTimeOffset at) => this with
    {
        Step = Step is SagaStep.SendNotification ? null : Step + 1,
        Attempt = 0,
        IsAttemptOpen = false,
        FailingSince = null,
        RetryAt = null,
        UpdatedAt = at,
    };

    // A mail that can't be sent keeps no order from being completed.
    Saga Fail(SagaEvent.StepFailed e) => e is { Step: SagaStep.SendNotification, RetryAt: null }
        ? Proceed(e.At)
        : this with { IsAttemptOpen = false, FailingSince = FailingSince ?? e.At, RetryAt = e.RetryAt, UpdatedAt = e.At };

    Saga Compensate(SagaEvent.Compensating e) => this with
    {
        Status = SagaStatus.Compensating,
        Failure = e.Reason,
        Compensations = Undo(),
        IsAttemptOpen = false,
        RetryAt = null,
        Stuck = null,
        UpdatedAt = e.At,
    };

    /// <summary>Of the steps that have something to undo: the completed ones, and the one that was started.</summary>
    ImmutableArray<Compensation> Undo() =>
    [
        .. new[] { SagaStep.CreateShipment, SagaStep.ProcessPayment, SagaStep.ReserveInventory }
            .Where(step => step < Step || (step == Step && Attempt > 0))
            .Select(step => new Compensation(step)),
    ];

    Saga FailCompensation(SagaEvent.CompensationFailed e) => Change(
        e.Step,
        it => it with
        {
            Status = e.RetryAt is null ? CompensationStatus.GivenUp : CompensationStatus.Due,
            Failures = e.Attempt,
            Reason = e.Reason,
            FailingSince = it.FailingSince ?? e.At,
            RetryAt = e.RetryAt,
        },
        e.At);

    Saga Change(SagaStep step, Func<Compensation, Compensation> change, DateTimeOffset at) => this with
    {
        Compensations = [.. Compensations.Select(it => it.Step == step ? change(it) : it)],
        UpdatedAt = at,
    };

    Saga Resume(SagaEvent.Resumed e) => this with
    {
        Status = Failure is null ? SagaStatus.Running : SagaStatus.Compensating,
        FailingSince = null,
        RetryAt = null,
        Compensations =
        [
            .. Compensations.Select(it => it.Status is CompensationStatus.GivenUp
                ? it with { Status = CompensationStatus.Due, FailingSince = null, RetryAt = null }
                : it),
        ],
        Stuck = null,
        UpdatedAt = e.At,
    };
}

/// <summary>Where, why and since when a saga can't go on without an operator.</summary>
public sealed record StuckAt(SagaStep Step, OrderFailure Reason, int Tries, DateTimeOffset Since);
