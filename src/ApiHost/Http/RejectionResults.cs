using Crescent.GrainInterfaces;
using Crescent.GrainInterfaces.Inventory;
using Crescent.GrainInterfaces.Orders;
using Crescent.GrainInterfaces.OrderSaga;
using Crescent.GrainInterfaces.Users;

namespace Crescent.ApiHost.Http;

/// <summary>The one place where a reason for which a grain rejects a command becomes a kind of problem.</summary>
internal static class RejectionResults
{
    public static Problem ToProblem(this CommandResult<UserRejectionReason> rejected) =>
        new(TypeOf(rejected.Reason!.Value), rejected.Detail);

    public static Problem ToProblem(this CommandResult<InventoryRejectionReason> rejected) =>
        new(TypeOf(rejected.Reason!.Value), rejected.Detail);

    public static Problem ToProblem(this CommandResult<OrderRejectionReason> rejected) =>
        new(TypeOf(rejected.Reason!.Value), rejected.Detail) { RetryAfter = RetryAfter(rejected.Reason!.Value) };

    public static Problem ToProblem(this CommandResult<SagaRejectionReason> rejected) =>
        new(TypeOf(rejected.Reason!.Value), rejected.Detail);

    public static ProblemType TypeOf(UserRejectionReason reason) => reason switch
    {
        UserRejectionReason.NotFound or UserRejectionReason.Erased => ProblemType.UserNotFound,
        UserRejectionReason.AlreadyExists => ProblemType.AlreadyExists,
        UserRejectionReason.EmailTaken => ProblemType.EmailTaken,
        UserRejectionReason.InvalidEmail or UserRejectionReason.InvalidName => ProblemType.InvalidValue,
        UserRejectionReason.VersionMismatch => ProblemType.PreconditionFailed,
        _ => throw Unmapped(reason),
    };

    public static ProblemType TypeOf(InventoryRejectionReason reason) => reason switch
    {
        InventoryRejectionReason.NotFound => ProblemType.ProductNotFound,
        InventoryRejectionReason.AlreadyExists => ProblemType.AlreadyExists,
        InventoryRejectionReason.InvalidName
            or InventoryRejectionReason.InvalidPrice
            or InventoryRejectionReason.UnknownCurrency
            or InventoryRejectionReason.TooManyDecimals
            or InventoryRejectionReason.InvalidQuantity
            or InventoryRejectionReason.TooMuch
            or InventoryRejectionReason.InvalidReason => ProblemType.InvalidValue,
        InventoryRejectionReason.BelowZero => ProblemType.StockBelowZero,
        InventoryRejectionReason.OutOfStock => ProblemType.OutOfStock,
        InventoryRejectionReason.DifferentQuantity
            or InventoryRejectionReason.Released
            or InventoryRejectionReason.AlreadyCommitted
            or InventoryRejectionReason.ReservationExpired => ProblemType.NotPossibleNow,
        InventoryRejectionReason.VersionMismatch => ProblemType.PreconditionFailed,
        _ => throw Unmapped(reason),
    };

    public static ProblemType TypeOf(OrderRejectionReason reason) => reason switch
    {
        OrderRejectionReason.NotFound => ProblemType.OrderNotFound,
        OrderRejectionReason.UnknownUser => ProblemType.UnknownUser,
        OrderRejectionReason.InactiveUser => ProblemType.InactiveUser,
        OrderRejectionReason.UnknownProduct => ProblemType.UnknownProduct,
        OrderRejectionReason.MixedCurrencies => ProblemType.MixedCurrencies,
        OrderRejectionReason.NoItems => ProblemType.NoItems,
        OrderRejectionReason.TooManyItems
            or OrderRejectionReason.InvalidQuantity
            or OrderRejectionReason.MissingPaymentToken
            or OrderRejectionReason.InvalidAddress => ProblemType.InvalidValue,
        OrderRejectionReason.IdempotencyKeyReused => ProblemType.IdempotencyKeyReused,
        OrderRejectionReason.RequestInProgress => ProblemType.RequestInProgress,
        OrderRejectionReason.AlreadyShipped => ProblemType.AlreadyShipped,
        OrderRejectionReason.AlreadyEnded => ProblemType.AlreadyEnded,
        OrderRejectionReason.NotPossibleNow => ProblemType.NotPossibleNow,
        OrderRejectionReason.VersionMismatch => ProblemType.PreconditionFailed,
        _ => throw Unmapped(reason),
    };

    public static ProblemType TypeOf(SagaRejectionReason reason) => reason switch
    {
        SagaRejectionReason.NotFound => ProblemType.SagaNotFound,
        SagaRejectionReason.NotStuck => ProblemType.NotPossibleNow,
        SagaRejectionReason.AlreadyEnded => ProblemType.AlreadyEnded,
        SagaRejectionReason.InvalidReason => ProblemType.InvalidValue,
        _ => throw Unmapped(reason),
    };

    static TimeSpan? RetryAfter(OrderRejectionReason reason) =>
        reason == OrderRejectionReason.RequestInProgress ? TimeSpan.FromSeconds(1) : null;

    static ArgumentOutOfRangeException Unmapped(Enum reason) => new(nameof(reason), reason, "This reason has no kind of problem.");
}
