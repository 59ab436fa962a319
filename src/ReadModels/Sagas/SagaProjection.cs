using Crescent.Domain.OrderSaga;
using Crescent.EventStore;
using Crescent.EventStore.Sqlite;
using Crescent.ReadModels.Projections;

namespace Crescent.ReadModels.Sagas;

/// <summary>Where each saga is.</summary>
public sealed class SagaProjection : IProjection
{
    public const string ProjectionName = "sagas";

    private static readonly string s_add = Load("AddSaga");
    private static readonly string s_read = Load("ReadSaga");
    private static readonly string s_write = Load("WriteSaga");
    private static readonly string s_clear = Load("ClearSagas");

    public string Name => ProjectionName;

    public int Version => 1;

    public void Clear(SqliteSession session) => session.Statement(s_clear).Execute();

    public void Apply(ProjectionBatch batch, RecordedEvent recorded)
    {
        if (recorded.Event is SagaEvent.Started started)
        {
            batch.Statement(s_add)
                .Bind(1, recorded.Position).Bind(2, started.OrderId).Bind(3, started.UserId)
                .Bind(4, JsonNames.Of(SagaStep.ValidateOrder)).Bind(5, started.At).Bind(6, recorded.Version).Execute();
            return;
        }
        if (recorded.Event is not SagaEvent happened) return;

        var orderId = recorded.Stream.Id;
        var before = batch.Statement(s_read).Bind(1, orderId).FirstOrDefault(Map)
            ?? throw new InvalidOperationException($"The saga of order {orderId} goes on without having started.");
        var after = Evolve(before, happened);
        batch.Statement(s_write)
            .Bind(1, orderId).Bind(2, after.Status).Bind(3, after.Step).Bind(4, after.Tries).Bind(5, after.Failure).Bind(6, after.Reason)
            .Bind(7, after.RetryAt).Bind(8, after.UpdatedAt).Bind(9, recorded.Version).Execute();
    }

    internal static SagaRow Map(SqliteStatement row) => new(
        row.GetString(1), row.GetString(2), row.GetString(3), row.GetStringOrNull(4), row.GetInt32(5), row.GetStringOrNull(6),
        row.GetStringOrNull(7), row.GetTimeOrNull(8), row.GetTime(9), row.GetTime(10), row.GetInt32(11));

    private static SagaRow Evolve(SagaRow saga, SagaEvent happened) => happened switch
    {
        SagaEvent.StepStarted e => saga with { Step = JsonNames.Of(e.Step), Tries = e.Attempt, RetryAt = null, UpdatedAt = e.At },
        SagaEvent.StepCompleted e => saga with { Step = StepAfter(e.Step), Tries = 0, Reason = null, RetryAt = null, UpdatedAt = e.At },
        SagaEvent.StepFailed e => saga with
        {
            Step = e is { Step: SagaStep.SendNotification, RetryAt: null } ? null : JsonNames.Of(e.Step),
            Reason = JsonNames.Of(e.Reason),
            RetryAt = e.RetryAt,
            UpdatedAt = e.At,
        },
        SagaEvent.Compensating e => saga with
        {
            Status = "compensating", Failure = JsonNames.Of(e.Reason), Reason = JsonNames.Of(e.Reason), Tries = 0, RetryAt = null, UpdatedAt = e.At,
        },
        SagaEvent.StepCompensated e => saga with { Step = JsonNames.Of(e.Step), Tries = 0, RetryAt = null, UpdatedAt = e.At },
        SagaEvent.CompensationFailed e => saga with
        {
            Step = JsonNames.Of(e.Step), Tries = e.Attempt, Reason = JsonNames.Of(e.Reason), RetryAt = e.RetryAt, UpdatedAt = e.At,
        },
        SagaEvent.Completed e => saga with { Status = "completed", Step = null, Tries = 0, RetryAt = null, UpdatedAt = e.At },
        SagaEvent.Compensated e => saga with { Status = "compensated", Step = null, Tries = 0, RetryAt = null, UpdatedAt = e.At },
        SagaEvent.Stuck e => saga with
        {
            Status = "stuck", Step = JsonNames.Of(e.Step), Tries = e.Tries, Reason = JsonNames.Of(e.Reason), RetryAt = null, UpdatedAt = e.At,
        },
        SagaEvent.Resumed e => saga with { Status = saga.Failure is null ? "running" : "compensating", Tries = 0, UpdatedAt = e.At },
        SagaEvent.Abandoned e => saga with { Status = "abandoned", Step = null, Reason = e.Reason, RetryAt = null, UpdatedAt = e.At },
        _ => throw new InvalidOperationException($"What {happened.GetType()} does to a saga is not known here."),
    };

    private static string? StepAfter(SagaStep step) => step == SagaStep.SendNotification ? null : JsonNames.Of(step + 1);

    private static string Load(string name) => SqlText.Load(typeof(SagaProjection), name);
}
