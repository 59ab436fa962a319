using Crescent.Domain.EmailClaims;
using Crescent.Domain.Inventory;
using Crescent.Domain.OrderSaga;
using Crescent.EventStore;
using Crescent.EventStore.Sqlite;
using Crescent.ReadModels.Projections;

namespace Crescent.ReadModels.Due;

/// <summary>What is open and when it is due, for the sweeper.</summary>
public sealed class DueProjection : IProjection
{
    public const string ProjectionName = "due";

    private static readonly string s_set = Load("SetDue");
    private static readonly string s_remove = Load("RemoveDue");
    private static readonly string s_clear = Load("ClearDue");

    public string Name => ProjectionName;

    public int Version => 1;

    public void Clear(SqliteSession session) => session.Statement(s_clear).Execute();

    public void Apply(ProjectionBatch batch, RecordedEvent recorded)
    {
        switch (recorded.Event)
        {
            case SagaEvent.Completed or SagaEvent.Compensated or SagaEvent.Abandoned or SagaEvent.Stuck:
                Remove(batch, DueKind.Saga, recorded.Stream.Id);
                break;
            case SagaEvent.StepFailed { RetryAt: { } retryAt }:
                Set(batch, DueKind.Saga, recorded.Stream.Id, retryAt);
                break;
            case SagaEvent.CompensationFailed { RetryAt: { } retryAt }:
                Set(batch, DueKind.Saga, recorded.Stream.Id, retryAt);
                break;
            case SagaEvent:
                Set(batch, DueKind.Saga, recorded.Stream.Id, recorded.Metadata.Time);
                break;
            case InventoryEvent.StockReserved e:
                Set(batch, DueKind.Reservation, e.ProductId, e.ExpiresAt, e.OrderId);
                break;
            case InventoryEvent.StockReleased e:
                Remove(batch, DueKind.Reservation, e.ProductId, e.OrderId);
                break;
            case InventoryEvent.StockCommitted e:
                Remove(batch, DueKind.Reservation, e.ProductId, e.OrderId);
                break;
            case InventoryEvent.ReservationExpired e:
                Remove(batch, DueKind.Reservation, e.ProductId, e.OrderId);
                break;
            case EmailClaimEvent.Claimed e:
                Set(batch, DueKind.EmailClaim, recorded.Stream.Id, e.PendingUntil);
                break;
            case EmailClaimEvent:
                Remove(batch, DueKind.EmailClaim, recorded.Stream.Id);
                break;
        }
    }

    private static void Set(ProjectionBatch batch, DueKind kind, string owner, DateTimeOffset dueAt, string item = "") =>
        batch.Statement(s_set).Bind(1, JsonNames.Of(kind)).Bind(2, owner).Bind(3, item).Bind(4, dueAt).Execute();

    private static void Remove(ProjectionBatch batch, DueKind kind, string owner, string item = "") =>
        batch.Statement(s_remove).Bind(1, JsonNames.Of(kind)).Bind(2, owner).Bind(3, item).Execute();

    private static string Load(string name) => SqlText.Load(typeof(DueProjection), name);
}
