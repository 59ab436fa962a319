using System.Diagnostics;
using Crescent.Domain.Orders;
using Crescent.Domain.OrderSaga;
using Crescent.GrainInterfaces;

namespace Crescent.Grains.OrderSaga;

public sealed partial class OrderSagaGrain
{
    readonly CancellationTokenSource _stopping = new();
    SagaParticipants? _participants;
    IGrainTimer? _timer;
    Task _run = Task.CompletedTask;
    bool _isAskedAgain;
    int _unavailable;

    SagaParticipants Participants => _participants ??= new SagaParticipants(GrainFactory);

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        // What is under way is cut short; it is repeated by the next activation, and recognised by who did it already.
        await _stopping.CancelAsync();
        await _run.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        await base.OnDeactivateAsync(reason, cancellationToken);
    }

    /// <summary>Starts the run, or lets the one in flight look again.</summary>
    void Drive()
    {
        if (_run.IsCompleted) _run = RunAsync();
        else _isAskedAgain = true;
    }

    /// <summary>Never fails: what goes wrong is tried again when the timer or the sweeper says so.</summary>
    async Task RunAsync()
    {
        await Task.Yield();
        using var activity = GrainActivity.Source.StartActivity("process-order");
        activity?.SetTag("order.id", Id);
        do
        {
            _isAskedAgain = false;
            try
            {
                while (!_stopping.IsCancellationRequested && await AdvanceAsync()) _unavailable = 0;
            }
            catch (Exception e)
            {
                activity?.SetStatus(ActivityStatusCode.Error, e.Message);
                if (_stopping.IsCancellationRequested) return;
                var pause = options.Value.Policy.Delay(++_unavailable, Random.Shared.NextDouble());
                LogInterrupted(Logger, Id, pause, e);
                WakeAfter(pause);
            }
        }
        while (_isAskedAgain && !_stopping.IsCancellationRequested);
    }

    /// <summary>Does what comes next. False when there is nothing to do now.</summary>
    async Task<bool> AdvanceAsync()
    {
        var before = CurrentVersion;
        switch (SagaPlan.Next(Current, Now))
        {
            case SagaAction.RunStep run:
                await RunStepAsync(run.Step, run.Attempt);
                break;
            case SagaAction.Compensate undo:
                await CompensateAsync(undo.Step, undo.Attempt);
                break;
            case SagaAction.Finish finish:
                await FinishAsync(finish.Failure);
                break;
            case SagaAction.Wait wait:
                WakeAfter(wait.Until - Now);
                return false;
            case SagaAction.Ended when Current.Status == SagaStatus.Abandoned:
                using (var limit = AttemptLimit()) await Participants.FinishAsync(Current, OrderFailure.Abandoned, limit.Token);
                return false;
            default:
                return false;
        }

        // A plan that asks for the same again would be a loop without end.
        return CurrentVersion > before
            ? true
            : throw new InvalidOperationException($"The saga of order {Id} made no progress at version {before}.");
    }

    async Task RunStepAsync(SagaStep step, int attempt)
    {
        using var activity = GrainActivity.Source.StartActivity(step.ToString());
        // The first attempt was started with the end of the step before.
        if (!Current.IsAttemptOpen && !await StartAsync(step, attempt)) return;

        var outcome = await AttemptAsync(limit => Participants.RunAsync(Current, step, limit), FailureOf(step));
        if (outcome.Failure is not { } failure)
        {
            var complete = new CompleteStep(step, Now);
            await ExecuteAsync(CommandId("complete-step", step), state => SagaDecider.CompleteStep(state, complete));
            return;
        }

        activity?.SetStatus(ActivityStatusCode.Error, failure.ToString());
        LogStepFailed(Logger, Id, step, attempt, failure, outcome.Kind);
        var fail = new FailStep(step, attempt, outcome.Kind, failure, options.Value.Policy, Random.Shared.NextDouble(), Now);
        await ExecuteAsync(CommandId("fail-step", step, attempt), state => SagaDecider.FailStep(state, fail));
    }

    async Task<bool> StartAsync(SagaStep step, int attempt)
    {
        var start = new StartStep(step, attempt, Now);
        return (await ExecuteAsync(CommandId("start-step", step, attempt), state => SagaDecider.StartStep(state, start))).IsAccepted;
    }

    async Task CompensateAsync(SagaStep step, int attempt)
    {
        using var activity = GrainActivity.Source.StartActivity($"undo {step}");
        var outcome = await AttemptAsync(limit => Participants.UndoAsync(Current, step, limit), FailureOf(step));
        if (outcome.Failure is not { } failure)
        {
            var complete = new CompleteCompensation(step, Now);
            await ExecuteAsync(CommandId("complete-undo", step), state => SagaDecider.CompleteCompensation(state, complete));
            return;
        }

        activity?.SetStatus(ActivityStatusCode.Error, failure.ToString());
        LogUndoFailed(Logger, Id, step, attempt, failure);
        var fail = new FailCompensation(step, attempt, failure, options.Value.Policy, Random.Shared.NextDouble(), Now);
        await ExecuteAsync(CommandId("fail-undo", step, attempt), state => SagaDecider.FailCompensation(state, fail));
    }

    async Task FinishAsync(OrderFailure? failure)
    {
        using (var limit = AttemptLimit()) await Participants.FinishAsync(Current, failure, limit.Token);
        var finish = new FinishSaga(Now);
        await ExecuteAsync(CommandId("finish"), state => SagaDecider.Finish(state, finish));
    }

    /// <summary>
    /// A participant that can't be reached is not the step's failure: that goes up to the run, which repeats the attempt.
    /// Anything else that is thrown is a bug somewhere, and may pass.
    /// </summary>
    async Task<StepOutcome> AttemptAsync(Func<CancellationToken, Task<StepOutcome>> attempt, OrderFailure failure)
    {
        using var limit = AttemptLimit();
        try
        {
            return await attempt(limit.Token);
        }
        catch (Exception e) when (e is not (AggregateUnavailableException or TimeoutException or OrleansException or OperationCanceledException))
        {
            LogAttemptThrew(Logger, Id, e);
            return StepOutcome.Later(failure);
        }
    }

    CancellationTokenSource AttemptLimit()
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        limit.CancelAfter(options.Value.AttemptTimeout);
        return limit;
    }

    void WakeAfter(TimeSpan pause)
    {
        _timer?.Dispose();
        _timer = this.RegisterGrainTimer(
            static (self, _) =>
            {
                self.Drive();
                return Task.CompletedTask;
            },
            this,
            new GrainTimerCreationOptions(pause > TimeSpan.Zero ? pause : TimeSpan.Zero, Timeout.InfiniteTimeSpan) { Interleave = true, KeepAlive = true });
    }

    static OrderFailure FailureOf(SagaStep step) => step switch
    {
        SagaStep.ProcessPayment => OrderFailure.PaymentUnavailable,
        SagaStep.CreateShipment => OrderFailure.ShipmentUnavailable,
        SagaStep.SendNotification => OrderFailure.NotificationFailed,
        _ => OrderFailure.Unavailable,
    };
}
