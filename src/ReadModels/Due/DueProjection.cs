using Crescent.Domain.EmailClaims;
using Crescent.Domain.Inventory;
using Crescent.Domain.OrderSaga;
using Crescent.EventStore;
using Crescent.ReadModels.Projections;
using Crescent.ReadModels.Storage;

namespace Crescent.ReadModels.Due;

/// <summary>What is open and when it is due, for the sweeper.</summary>
internal sealed class DueProjection : IProjection
{
    private static readonly RowWriter<DueItem> s_set = RowWriter<DueItem>.Load(typeof(DueProjection), "SetDue")
        .Text(static item => JsonNames.Of(item.Kind)).Text(static item => item.Owner).Text(static item => item.Item).Time(static item => item.DueAt);

    private static readonly RowWriter<DueKey> s_remove = RowWriter<DueKey>.Load(typeof(DueProjection), "RemoveDue")
        .Text(static key => JsonNames.Of(key.Kind)).Text(static key => key.Owner).Text(static key => key.Item);

    private static readonly IRowWrite s_clear = RowWriter.Once(typeof(DueProjection), "ClearDue");

    public string Name => ProjectionNames.Due;

    public int Version => 1;

    public IReadOnlyList<IRowWrite> Clear() => [s_clear];

    public Task<IReadOnlyList<IRowWrite>> ApplyAsync(ProjectionBatch batch, CancellationToken ct)
    {
        // What happens last to an item in a batch is all that counts; null: it is settled.
        var items = new Dictionary<DueKey, DateTimeOffset?>();
        foreach (var recorded in batch.Events)
            if (Change(recorded) is var (key, dueAt))
                items[key] = dueAt;

        IReadOnlyList<IRowWrite> writes =
        [
            s_set.Of([.. items.Where(static item => item.Value is not null)
                .Select(static item => new DueItem(item.Key.Kind, item.Key.Owner, item.Key.Item, item.Value!.Value))]),
            s_remove.Of([.. items.Where(static item => item.Value is null).Select(static item => item.Key)]),
        ];
        return Task.FromResult(writes);
    }

    private static (DueKey Key, DateTimeOffset? DueAt)? Change(RecordedEvent recorded) => recorded.Event switch
    {
        SagaEvent.Completed or SagaEvent.Compensated or SagaEvent.Abandoned or SagaEvent.Stuck => (SagaOf(recorded), null),
        SagaEvent.StepFailed { RetryAt: { } retryAt } => (SagaOf(recorded), retryAt),
        SagaEvent.CompensationFailed { RetryAt: { } retryAt } => (SagaOf(recorded), retryAt),
        SagaEvent => (SagaOf(recorded), recorded.Metadata.Time),
        InventoryEvent.StockReserved e => (new DueKey(DueKind.Reservation, e.ProductId, e.OrderId), e.ExpiresAt),
        InventoryEvent.StockReleased e => (new DueKey(DueKind.Reservation, e.ProductId, e.OrderId), null),
        InventoryEvent.StockCommitted e => (new DueKey(DueKind.Reservation, e.ProductId, e.OrderId), null),
        InventoryEvent.ReservationExpired e => (new DueKey(DueKind.Reservation, e.ProductId, e.OrderId), null),
        EmailClaimEvent.Claimed e => (ClaimOf(recorded), e.PendingUntil),
        EmailClaimEvent => (ClaimOf(recorded), null),
        _ => null,
    };

    private static DueKey SagaOf(RecordedEvent recorded) => new(DueKind.Saga, recorded.Stream.Id, "");

    private static DueKey ClaimOf(RecordedEvent recorded) => new(DueKind.EmailClaim, recorded.Stream.Id, "");

    private readonly record struct DueKey(DueKind Kind, string Owner, string Item);
}
