using Crescent.Domain.OrderSaga;
using Crescent.ReadModels.Projections;
using Crescent.ReadModels.Storage;

namespace Crescent.ReadModels.Sagas;

/// <summary>Where each saga is.</summary>
internal sealed class SagaProjection : IProjection
{
    private static readonly ViewSql s_read = ViewSql.Each(typeof(SagaProjection), "ReadSagas");

    private static readonly RowWriter<Listed<SagaRow>> s_write = RowWriter<Listed<SagaRow>>.Load(typeof(SagaProjection), "WriteSagas")
        .Int64(static it => it.Position).Text(static it => it.Row.OrderId).Text(static it => it.Row.UserId).Text(static it => it.Row.Status)
        .Text(static it => it.Row.Step).Int32(static it => it.Row.Tries).Text(static it => it.Row.Failure).Text(static it => it.Row.Reason)
        .Time(static it => it.Row.RetryAt).Time(static it => it.Row.StartedAt).Time(static it => it.Row.UpdatedAt).Int32(static it => it.Row.Version);

    private static readonly IRowWrite s_clear = RowWriter.Once(typeof(SagaProjection), "ClearSagas");

    public string Name => ProjectionNames.Sagas;

    public int Version => 1;

    public IReadOnlyList<IRowWrite> Clear() => [s_clear];

    public async Task<IReadOnlyList<IRowWrite>> ApplyAsync(ProjectionBatch batch, CancellationToken ct)
    {
        var going = batch.Events.Where(static recorded => recorded.Event is SagaEvent and not SagaEvent.Started).Select(static recorded => recorded.Stream.Id);
        var sagas = await Rows<Listed<SagaRow>>.ReadAsync(batch.Views, s_read, SagaQueries.Map, static it => it.Row.OrderId, going, ct);
        foreach (var recorded in batch.Events)
        {
            if (recorded.Event is not SagaEvent happened) continue;
            var orderId = recorded.Stream.Id;
            if (happened is SagaEvent.Started started)
            {
                sagas[orderId] = new Listed<SagaRow>(recorded.Position, Begin(started, recorded.Version));
                continue;
            }

            var before = sagas[orderId] ?? throw new InvalidOperationException($"The saga of order {orderId} goes on without having started.");
            sagas[orderId] = before with { Row = Evolve(before.Row, happened) with { Version = recorded.Version } };
        }

        return [s_write.Of(sagas.Changed)];
    }

    private static SagaRow Begin(SagaEvent.Started e, int version) => new(
        e.OrderId, e.UserId, "running", JsonNames.Of(SagaStep.ValidateOrder), Tries: 0, Failure: null, Reason: null, RetryAt: null, e.At, e.At, version);

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
}
