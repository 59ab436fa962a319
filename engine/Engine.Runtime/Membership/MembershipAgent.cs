using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Runtime;

/// <summary>Carries out what the membership protocol of this silo wants: on the table, the network and the clock.</summary>
internal sealed partial class MembershipAgent : IClusterViews, ILifecycleParticipant<ISiloLifecycle>, IKillable, IDisposable
{
    private readonly Lock _gate = new();
    private readonly SiloAddress _self;
    private readonly IMembershipTable _table;
    private readonly IClusterNetwork _network;
    private readonly TimeProvider _time;
    private readonly IFatalError _fatal;
    private readonly ILogger _logger;
    private readonly MembershipProtocol _protocol;
    private readonly TimeSpan _probeTimeout;
    private readonly Queue<MembershipAction> _actions = [];
    private readonly List<Waiting> _waiting = [];
    private readonly ITimer _timer;
    private readonly long _start;
    private long _leaseEnd = long.MaxValue;
    private int _lastOperation;
    private bool _isCarryingOut;
    private bool _isEnded;

    public MembershipAgent(
        ILocalSiloDetails silo,
        IMembershipTable table,
        IClusterNetwork network,
        TimeProvider time,
        IOptions<ClusterMembershipOptions> options,
        IFatalError fatal,
        ILogger<MembershipAgent> logger)
    {
        _self = silo.SiloAddress;
        _table = table;
        _network = network;
        _time = time;
        _fatal = fatal;
        _logger = logger;
        _probeTimeout = MembershipRules.ProbeTimeoutOf(options.Value);
        _start = time.GetTimestamp();
        var row = new MembershipEntry { SiloAddress = _self, SiloName = silo.Name, HostName = silo.DnsHostName, ProxyPort = silo.GatewayAddress.Endpoint.Port };
        _protocol = new(row, options.Value, table is MemoryMembershipTable, Now());

        // Whoever happens to make this has no part in what the timer does.
        using (ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow())
        {
            _timer = time.CreateTimer(static agent => ((MembershipAgent)agent!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    public event Action<ClusterView>? Changed;

    public ClusterView Current { get; private set => Volatile.Write(ref field, value); } = ClusterView.Empty;

    /// <inheritdoc/>
    /// <remarks>The end of the lease is looked up, not waited for: a process that was stopped must not answer before its timers run again.</remarks>
    public bool IsSuspended => Volatile.Read(ref _leaseEnd) is var end && end != long.MaxValue && _time.GetTimestamp() >= end;

    public ValueTask RefreshAsync(long atLeast, CancellationToken cancellationToken)
    {
        if (Current.Version >= atLeast)
        {
            return ValueTask.CompletedTask;
        }

        // What is being read already may be older than what the caller has heard of.
        var refreshed = WaitFor(view => view.Version >= atLeast, endsWithReading: true);
        Feed(protocol => protocol.Heard(Now(), atLeast));
        return new(refreshed.WaitAsync(cancellationToken));
    }

    public bool HasStoppedWriting(SiloAddress silo)
    {
        lock (_gate)
        {
            return !_protocol.WritesThatItLives(silo);
        }
    }

    /// <summary>Another silo speaks of that version of the table.</summary>
    public void Heard(long version)
    {
        if (version > Current.Version)
        {
            Feed(protocol => protocol.Heard(Now(), version));
        }
    }

    public void Participate(ISiloLifecycle observer)
    {
        observer.Subscribe<MembershipAgent>(ServiceLifecycleStage.RuntimeGrainServices, Begin, End);
        observer.Subscribe<MembershipAgent>(ServiceLifecycleStage.BecomeActive, Join, token => Leave(SiloStatus.ShuttingDown, token));
    }

    public ValueTask KillAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    public void Dispose()
    {
        List<Waiting> waiting;
        lock (_gate)
        {
            _isEnded = true;
            waiting = [.. _waiting];
            _waiting.Clear();
        }

        _timer.Dispose();
        waiting.ForEach(static ended => ended.Ended.TrySetResult());
    }

    private Moment Now() => new(_time.GetElapsedTime(_start), _time.GetUtcNow().UtcDateTime);

    private void OnTimer() => Feed(protocol => protocol.Advance(Now()));

    /// <summary>Tells the protocol something. What it wants done is done by whoever is doing so already, one thing after the other.</summary>
    private void Feed(Action<MembershipProtocol> input)
    {
        lock (_gate)
        {
            if (_isEnded)
            {
                return;
            }

            input(_protocol);
            foreach (var action in _protocol.TakeActions())
            {
                _lastOperation = action is MembershipAction.UseTable { Number: var number } ? number : _lastOperation;
                _actions.Enqueue(action);
            }

            KeepTime_NeedsLock();
            if (_isCarryingOut)
            {
                return;
            }

            _isCarryingOut = true;
        }

        while (TryTake(out var next))
        {
            CarryOut(next);
        }
    }

    private bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out MembershipAction? action)
    {
        lock (_gate)
        {
            _isCarryingOut = _actions.TryDequeue(out action) && !_isEnded;
            return _isCarryingOut;
        }
    }

    private void KeepTime_NeedsLock()
    {
        var lease = _protocol.IsSuspended ? 0 : _protocol.LeaseEnd is { } end ? TimestampOf(end) : long.MaxValue;
        Volatile.Write(ref _leaseEnd, lease);
        if (_protocol.NextDue is { } due)
        {
            var wait = due - _time.GetElapsedTime(_start);
            _timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
        else
        {
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    private long TimestampOf(TimeSpan elapsed) => _start + (long)(elapsed.TotalSeconds * _time.TimestampFrequency);
}
