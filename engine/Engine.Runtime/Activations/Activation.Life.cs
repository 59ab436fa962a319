using Engine.CodeGeneration;

namespace Orleans.Runtime;

/// <content>Activation and deactivation.</content>
internal sealed partial class Activation
{
    private bool _isEnding;
    private bool _wasActive;

    /// <inheritdoc/>
    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        if (_scheduler.IsCurrent)
        {
            // At once, so that calls which already wait go to the next activation; the hooks come after this turn.
            BeginDeactivation(deactivationReason, cancellationToken);
            _scheduler.QueueAction(ContinueDeactivation);
        }
        else
        {
            _scheduler.QueueAction(() =>
            {
                BeginDeactivation(deactivationReason, cancellationToken);
                ContinueDeactivation();
            });
        }
    }

    /// <summary>Ends without its hooks: what waits is rejected, and what runs is answered to nobody.</summary>
    public void Kill() => _scheduler.QueueAction(() =>
    {
        StopTimers();
        Leave(static call => call.Reject(new SiloUnavailableException("The silo was killed.")));
    });

    private void BeginActivation()
    {
        _state = ActivationState.Activating;
        _ = ActivateAsync();
    }

    private async Task ActivateAsync()
    {
        if (!await MayActivate())
        {
            await End(Catalog.Forward);
            return;
        }

        try
        {
            GrainInstance = CreateInstance();
            (GrainInstance as ILifecycleParticipant<IGrainLifecycle>)?.Participate(ObservableLifecycle);
            if (_extras?.Lifecycle is not null || GrainInstance is IGrainBase)
            {
                using var cancellation = new CancellationTokenSource();
                await Bounded(RunActivationHooks(cancellation.Token), Catalog.ActivationTimeout, cancellation, CancellationToken.None);
            }
        }
        catch (Exception exception)
        {
            await FailAsync(exception);
            return;
        }

        _lastUsed = Catalog.Clock.Now;
        if (_extras?.Reason.ReasonCode is null or DeactivationReasonCode.None)
        {
            _wasActive = true;
            _state = ActivationState.Active;
        }
        else
        {
            _state = ActivationState.Deactivating;
            ContinueDeactivation();
        }
    }

    /// <summary>Waits until the grain's former silo has let go of it. False if it belongs elsewhere by now.</summary>
    private async ValueTask<bool> MayActivate()
    {
        if (Catalog.HandOver.Gate(GrainId) is { } gate)
        {
            await gate;
        }

        return Catalog.Owns(GrainId) && _extras?.Reason.ReasonCode is null or DeactivationReasonCode.None;
    }

    private object CreateInstance()
    {
        try
        {
            return _class.CreateInstance(_class.TakesServices ? ActivationServices : Catalog.Services, this);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"Failed to create an instance of grain type '{_class.Type}'.", exception);
        }
    }

    private Task RunActivationHooks(CancellationToken token) =>
        _extras?.Lifecycle is null ? ((IGrainBase)GrainInstance!).OnActivateAsync(token) : RunLifecycleAndActivate(token);

    private async Task RunLifecycleAndActivate(CancellationToken token)
    {
        await _extras!.Lifecycle!.OnStart(token);
        if (GrainInstance is IGrainBase grain)
        {
            await grain.OnActivateAsync(token);
        }
    }

    /// <summary>Waits for hooks as long as they may take; then cancels them and waits no longer.</summary>
    private async Task Bounded(Task hooks, TimeSpan timeout, CancellationTokenSource cancellation, CancellationToken token)
    {
        if (hooks.IsCompletedSuccessfully)
        {
            return;
        }

        try
        {
            await hooks.WaitAsync(timeout, Catalog.Time, token);
        }
        catch (Exception) when (!hooks.IsCompleted)
        {
            await cancellation.CancelAsync();
            throw;
        }
    }

    private async Task FailAsync(Exception exception)
    {
        _state = ActivationState.Failed;
        Catalog.LogActivationFailed(exception, GrainId, _waiting.Count);
        StopTimers();
        await StopLifecycle(CancellationToken.None);
        await End(call => call.Reject(exception));
    }

    private void BeginDeactivation(DeactivationReason reason, CancellationToken token)
    {
        if (_state is not (ActivationState.New or ActivationState.Activating or ActivationState.Active))
        {
            return;
        }

        Extras.Reason = reason;
        Extras.ReasonToken = token;
        if (_state != ActivationState.Activating)
        {
            _state = ActivationState.Deactivating;
        }
    }

    /// <summary>Runs the deactivation hooks once no call runs any longer.</summary>
    private void ContinueDeactivation()
    {
        if (_state == ActivationState.Deactivating && _running == 0 && !_isEnding)
        {
            _isEnding = true;
            _ = DeactivateAsync();
        }
    }

    private async Task DeactivateAsync()
    {
        StopTimers();
        var extras = Extras;
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(extras.ReasonToken);
        try
        {
            await Bounded(RunDeactivationHooks(extras.Reason, cancellation.Token), Catalog.DeactivationTimeout, cancellation, extras.ReasonToken);
        }
        catch (Exception exception)
        {
            Catalog.LogDeactivationFailed(exception, GrainId);
        }

        await End(Catalog.Forward);
    }

    private async Task RunDeactivationHooks(DeactivationReason reason, CancellationToken token)
    {
        // An activation that ended while it activated never was there for its grain.
        if (_wasActive && GrainInstance is IGrainBase grain)
        {
            await grain.OnDeactivateAsync(reason, token);
        }

        await StopLifecycle(token);
    }

    private Task StopLifecycle(CancellationToken token) => _extras?.Lifecycle is { } lifecycle ? lifecycle.OnStop(token) : Task.CompletedTask;

    private async Task End(Action<GrainCall> settle)
    {
        await DisposeGrain();
        Leave(settle);
    }

    /// <summary>Gives the grain's place free and settles what waits.</summary>
    private void Leave(Action<GrainCall> settle)
    {
        _state = ActivationState.Gone;
        Catalog.Remove(this);
        _waitingReadOnly = 0;
        while (_waiting.TryTake(out var item))
        {
            if (item is GrainCall call)
            {
                Unqueue();
                settle(call);
            }
        }

        _extras?.Deactivated.TrySetResult();
    }

    private async Task DisposeGrain()
    {
        try
        {
            switch (GrainInstance)
            {
                case IAsyncDisposable disposable:
                    await disposable.DisposeAsync();
                    break;
                case IDisposable disposable:
                    disposable.Dispose();
                    break;
            }

            if (_extras?.Scope is { } scope)
            {
                await scope.DisposeAsync();
            }
        }
        catch (Exception exception)
        {
            Catalog.LogDeactivationFailed(exception, GrainId);
        }
    }
}
