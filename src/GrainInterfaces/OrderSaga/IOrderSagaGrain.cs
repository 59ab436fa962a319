using Orleans.Concurrency;

namespace Crescent.GrainInterfaces.OrderSaga;

/// <summary>
/// Brings one order to its end: validate, reserve, pay, ship, tell; or undoes what was done, in reverse. Key: the order
/// id. At most one run is in flight; whoever starts or resumes it joins that one.
/// </summary>
[Alias("crescent.IOrderSagaGrain")]
public interface IOrderSagaGrain : IGrainWithStringKey
{
    /// <summary>Starts the saga of a placed order, or makes sure it goes on. Returns when it is recorded, not when it has ended.</summary>
    [Alias("Start")]
    Task Start(CancellationToken cancellationToken = default);

    /// <summary>Makes sure that the saga goes on if something is due. For the sweeper; harmless at any time.</summary>
    [Alias("Resume")]
    Task Resume(CancellationToken cancellationToken = default);

    /// <summary>Tells the saga that its order is to be cancelled. Called by the order once that is durable; harmless at any time.</summary>
    [Alias("RequestCancel")]
    Task RequestCancel(CancellationToken cancellationToken = default);

    /// <summary>Gives a stuck saga a fresh budget of tries.</summary>
    [Alias("Retry")]
    Task<CommandResult<SagaRejectionReason>> Retry(RetrySaga command, CancellationToken cancellationToken = default);

    /// <summary>Ends a stuck saga as it is; somebody has seen to the rest by hand.</summary>
    [Alias("Abandon")]
    Task<CommandResult<SagaRejectionReason>> Abandon(AbandonSaga command, CancellationToken cancellationToken = default);

    /// <summary>The saga as it is now; null if there is none. Operators and admins only.</summary>
    [Alias("Get"), ReadOnly]
    Task<SagaView?> Get(Caller caller, CancellationToken cancellationToken = default);
}

/// <summary>Retries a stuck saga.</summary>
/// <param name="CommandId">Same id, same command.</param>
/// <param name="Caller">An operator or admin.</param>
[GenerateSerializer, Immutable, Alias("crescent.RetrySaga")]
public sealed record RetrySaga([property: Id(0)] Guid CommandId, [property: Id(1)] Caller Caller);

/// <summary>Abandons a stuck saga.</summary>
/// <param name="CommandId">Same id, same command.</param>
/// <param name="Caller">An operator or admin.</param>
/// <param name="Reason">Why, for whoever reads the log.</param>
[GenerateSerializer, Immutable, Alias("crescent.AbandonSaga")]
public sealed record AbandonSaga([property: Id(0)] Guid CommandId, [property: Id(1)] Caller Caller, [property: Id(2)] string Reason);

/// <summary>Where a saga is.</summary>
[GenerateSerializer, Alias("crescent.SagaStatus")]
public enum SagaStatus
{
    /// <summary>Steps are being taken.</summary>
    Running = 0,

    /// <summary>Steps are being undone.</summary>
    Compensating = 1,

    /// <summary>It can't go on without an operator.</summary>
    Stuck = 2,

    /// <summary>All steps are taken.</summary>
    Completed = 3,

    /// <summary>All steps are undone.</summary>
    Compensated = 4,

    /// <summary>Ended by an operator.</summary>
    Abandoned = 5,
}

/// <summary>Why a command on a saga was rejected.</summary>
[GenerateSerializer, Alias("crescent.SagaRejectionReason")]
public enum SagaRejectionReason
{
    /// <summary>There is no such saga, or it is none of the caller's business.</summary>
    NotFound = 1,

    /// <summary>Only a stuck saga can be retried or abandoned.</summary>
    NotStuck = 2,

    /// <summary>The saga has ended and stays as it is.</summary>
    AlreadyEnded = 3,

    /// <summary>Abandoning needs a reason of bounded length.</summary>
    InvalidReason = 4,
}

/// <summary>A saga as it is at a version.</summary>
/// <param name="OrderId">The order it drives.</param>
/// <param name="Status">Where it is.</param>
/// <param name="Step">The step it is at, or null once it has ended.</param>
/// <param name="Tries">How often that step was tried.</param>
/// <param name="Reason">Why it compensates, is stuck or was abandoned; null otherwise.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="UpdatedAt">When it last changed; for a stuck saga, since when.</param>
/// <param name="Version">Version of the aggregate shown.</param>
[GenerateSerializer, Immutable, Alias("crescent.SagaView")]
public sealed record SagaView(
    [property: Id(0)] string OrderId, [property: Id(1)] SagaStatus Status, [property: Id(2)] string? Step, [property: Id(3)] int Tries,
    [property: Id(4)] string? Reason, [property: Id(5)] DateTimeOffset StartedAt, [property: Id(6)] DateTimeOffset UpdatedAt,
    [property: Id(7)] int Version);
