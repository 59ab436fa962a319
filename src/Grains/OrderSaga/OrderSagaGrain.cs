using System.Globalization;
using Crescent.Domain;
using Crescent.Domain.Orders;
using Crescent.Domain.OrderSaga;
using Crescent.EventStore;
using Crescent.GrainInterfaces;
using Crescent.GrainInterfaces.Orders;
using Crescent.GrainInterfaces.OrderSaga;
using Crescent.Grains.EventSourcing;
using Microsoft.Extensions.Options;
using Contract = Crescent.GrainInterfaces.OrderSaga;
using Result = Crescent.GrainInterfaces.CommandResult<Crescent.GrainInterfaces.OrderSaga.SagaRejectionReason>;
using Rules = Crescent.Domain.OrderSaga;

namespace Crescent.Grains.OrderSaga;

/// <summary>
/// Drives one order. What comes next is a function of the recorded state (<see cref="SagaPlan"/>); the run in
/// OrderSagaGrain.Run.cs does it, and whoever starts, resumes or retries the saga joins that run.
/// </summary>
public sealed partial class OrderSagaGrain(AggregateServices services, IOptions<SagaOptions> options)
    : EventSourcedGrain<Saga, SagaEvent>(services, StreamCategory.Saga), IOrderSagaGrain, IDisposable
{
    protected override Saga Initial => Saga.Initial;

    protected override Saga Evolve(Saga state, SagaEvent @event) => state.Evolve(@event);

    public async Task Start(CancellationToken cancellationToken)
    {
        if (await EnsureStartedAsync(cancellationToken)) Drive();
    }

    public Task Resume(CancellationToken cancellationToken) => Start(cancellationToken);

    public async Task RequestCancel(CancellationToken cancellationToken)
    {
        if (!await EnsureStartedAsync(cancellationToken)) return;
        await CancelAsync(cancellationToken);
        Drive();
    }

    public async Task<Result> Retry(Contract.RetrySaga command, CancellationToken cancellationToken)
    {
        if (!MayRun(command.Caller)) return Rejected(SagaRejections.NotFound);
        var retry = new Rules.RetrySaga(command.Caller.UserId, Now);
        var outcome = await ExecuteAsync(command.CommandId, state => SagaDecider.Retry(state, retry), cancellationToken: cancellationToken);
        if (outcome.IsAccepted) Drive();
        return outcome.ToResult(SagaRejections.Describe);
    }

    public async Task<Result> Abandon(Contract.AbandonSaga command, CancellationToken cancellationToken)
    {
        if (!MayRun(command.Caller)) return Rejected(SagaRejections.NotFound);
        var abandon = new Rules.AbandonSaga(command.Caller.UserId, command.Reason, Now);
        var outcome = await ExecuteAsync(command.CommandId, state => SagaDecider.Abandon(state, abandon), cancellationToken: cancellationToken);
        if (outcome.IsAccepted) Drive();
        return outcome.ToResult(SagaRejections.Describe);
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _timer?.Dispose();
    }

    public Task<SagaView?> Get(Caller caller, CancellationToken cancellationToken) =>
        Task.FromResult(CurrentVersion > 0 && caller.Role != CallerRole.Customer ? View() : null);

    /// <summary>False if there is no such order.</summary>
    async Task<bool> EnsureStartedAsync(CancellationToken cancellationToken)
    {
        if (CurrentVersion > 0) return true;
        if (await GrainFactory.GetGrain<IOrderGrain>(Id).GetDetails(cancellationToken) is not { Order: var order }) return false;

        var lines = order.Items.Select(line => new OrderLine(line.ProductId, line.Name, line.Quantity, new Money(line.UnitPrice, order.Currency)));
        var start = new StartSaga(
            Id, order.UserId, ProductQuantity.Merge(lines), new Money(order.Total, order.Currency), options.Value.ReservationHold, Now);
        await ExecuteAsync(CommandId("start"), state => SagaDecider.Start(state, start), cancellationToken: cancellationToken);
        // The wish to cancel may have overtaken the start.
        if (order.Status == GrainInterfaces.Orders.OrderStatus.Cancelling) await CancelAsync(cancellationToken);
        return true;
    }

    async Task CancelAsync(CancellationToken cancellationToken)
    {
        var cancel = new CancelSaga(Now);
        await ExecuteAsync(CommandId("cancel"), state => SagaDecider.Cancel(state, cancel), cancellationToken: cancellationToken);
    }

    bool MayRun(Caller caller) => CurrentVersion > 0 && caller.Role is CallerRole.Operator or CallerRole.Admin;

    Guid CommandId(string what, SagaStep? step = null, int attempt = 0) =>
        DerivedId.From("saga-record", Id, what, step?.ToString() ?? "", attempt.ToString(CultureInfo.InvariantCulture));

    Result Rejected(Refusal<SagaRejectionReason> refusal) => CommandResult.Rejected(refusal.Reason, refusal.Detail, CurrentVersion);

    SagaView View() => new(
        Id, ToContract(Current.Status), Current.Stuck?.Step.ToString() ?? Current.Step?.ToString(), Current.Stuck?.Tries ?? Current.Attempt,
        Current.AbandonReason ?? ((Current.Stuck?.Reason ?? Current.Failure) is { } reason ? Wording.Of(reason) : null),
        Current.StartedAt, Current.UpdatedAt, CurrentVersion);

    static Contract.SagaStatus ToContract(Rules.SagaStatus status) => status switch
    {
        Rules.SagaStatus.Running => Contract.SagaStatus.Running,
        Rules.SagaStatus.Compensating => Contract.SagaStatus.Compensating,
        Rules.SagaStatus.Stuck => Contract.SagaStatus.Stuck,
        Rules.SagaStatus.Completed => Contract.SagaStatus.Completed,
        Rules.SagaStatus.Compensated => Contract.SagaStatus.Compensated,
        Rules.SagaStatus.Abandoned => Contract.SagaStatus.Abandoned,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };
}
