using Engine.CodeGeneration;
using Orleans.Storage;

namespace Orleans.Runtime;

/// <content>Which call runs when.</content>
internal sealed partial class Activation
{
    // Calls and timer ticks that may not start yet, oldest first.
    private ItemQueue _waiting;
    private int _waitingReadOnly;

    // Calls and ticks whose invocation has ended while a turn was running; they are finished between turns.
    private ItemQueue _ended;

    // All that run, those among them that keep others from starting, and the read-only ones among those.
    private int _running;
    private int _blocking;
    private int _blockingReadOnly;

    // Calls that have come and not started; only counted if there is a limit.
    private int _queued;
    private long _lastUsed;
    private long _busySince;

    /// <summary>Whether a turn could run that is not in the mailbox.</summary>
    public bool HasReadyWork => !_ended.IsEmpty || MayStartWaiting;

    private bool MayStartWaiting => _state == ActivationState.Active && _blocking == 0 && !_waiting.IsEmpty;

    /// <summary>Brings a call; any thread may do so.</summary>
    public void Receive(GrainCall call)
    {
        var limit = Catalog.QueueLimit;
        if (limit > 0 && Interlocked.Increment(ref _queued) > limit)
        {
            Interlocked.Decrement(ref _queued);
            call.Reject(new LimitExceededException(nameof(Configuration.SiloMessagingOptions.MaxEnqueuedRequestsHardLimit), limit, limit, GrainId));
            return;
        }

        _scheduler.Enqueue(call);
    }

    /// <summary>Runs one turn, if there is one to run.</summary>
    public bool RunTurn()
    {
        try
        {
            if (_ended.TryTake(out var ended))
            {
                Finish(ended);
                return true;
            }

            if (MayStartWaiting)
            {
                StartWaiting();
                return true;
            }

            if (!_scheduler.TryTake(out var item))
            {
                return false;
            }

            Handle(item);
        }
        catch (Exception exception)
        {
            Catalog.LogTurnFailed(exception, GrainId);
        }

        return true;
    }

    /// <inheritdoc/>
    public void OnInvocationEnded(GrainCall call) => _ended.Add(call);

    /// <inheritdoc/>
    public object? TargetOf(GrainCall call) => call.Method.IsExtension ? GetComponent(call.Method.InterfaceType) : GrainInstance;

    private void Handle(MailboxItem item)
    {
        switch (item)
        {
            case GrainCall call:
                Handle(call);
                break;
            case GrainTimer timer:
                Handle(timer);
                break;
            default:
                ((TurnItem)item).Run();
                break;
        }
    }

    private void Handle(GrainCall call)
    {
        switch (_state)
        {
            case ActivationState.Active when MayStart(call):
                Start(call);
                return;
            case ActivationState.New:
                Wait(call);
                BeginActivation();
                return;
            case ActivationState.Gone:
                Unqueue();
                Catalog.Forward(call);
                return;
            default:
                Wait(call);
                return;
        }
    }

    private bool MayStart(GrainCall call)
    {
        if (_blocking == 0 || _class.IsReentrant)
        {
            return true;
        }

        var method = call.Method;
        return method.IsAlwaysInterleave || (method.IsReadOnly && _blockingReadOnly == _blocking);
    }

    private void Wait(GrainCall call)
    {
        if (call.Method.IsReadOnly)
        {
            _waitingReadOnly++;
        }

        _waiting.Add(call);
    }

    private void StartWaiting()
    {
        _waiting.TryTake(out var item);
        StartWaited(item);
        if (_blocking == 0 || _blocking != _blockingReadOnly)
        {
            return;
        }

        // Read-only calls run: those that wait behind others may join them.
        while (_waitingReadOnly > 0 && _waiting.TryTakeFirst(static waiting => waiting is GrainCall { Method.IsReadOnly: true }, out item))
        {
            StartWaited(item);
        }
    }

    private void StartWaited(MailboxItem item)
    {
        if (item is GrainTimer timer)
        {
            Start(timer);
            return;
        }

        var call = (GrainCall)item;
        if (call.Method.IsReadOnly)
        {
            _waitingReadOnly--;
        }

        Start(call);
    }

    private void Start(GrainCall call)
    {
        Unqueue();
        if (Catalog.DropsExpired && call.IsExpired(Catalog.Clock.Now))
        {
            call.Drop();
            return;
        }

        Enter(blocks: !Interleaves(call), readOnly: call.Method.IsReadOnly);
        if (CallInvocation.Begin(call, this))
        {
            Finish(call);
        }
    }

    private void Finish(MailboxItem item)
    {
        if (item is GrainTimer timer)
        {
            Finish(timer);
            return;
        }

        var call = (GrainCall)item;
        Leave(blocks: !Interleaves(call), readOnly: call.Method.IsReadOnly);
        Touch();
        if (call.Error is InconsistentStateException { IsSourceActivation: true } inconsistent)
        {
            inconsistent.IsSourceActivation = false;
            Deactivate(new(DeactivationReasonCode.ApplicationError, inconsistent, "The stored state is not the one this activation had read"));
        }

        CallInvocation.End(call, Catalog);
        ContinueDeactivation();
    }

    private bool Interleaves(GrainCall call) => call.Method.IsAlwaysInterleave || _class.IsReentrant;

    private void Enter(bool blocks, bool readOnly)
    {
        _running++;
        if (blocks)
        {
            _blocking++;
            if (readOnly)
            {
                _blockingReadOnly++;
            }
        }

        if (_running == 1)
        {
            _busySince = Catalog.Clock.Now;
        }
    }

    private void Leave(bool blocks, bool readOnly)
    {
        _running--;
        if (blocks)
        {
            _blocking--;
            if (readOnly)
            {
                _blockingReadOnly--;
            }
        }
    }

    private void Unqueue()
    {
        if (Catalog.QueueLimit > 0)
        {
            Interlocked.Decrement(ref _queued);
        }
    }
}
