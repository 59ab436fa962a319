using Orleans.Configuration;

namespace Orleans.Runtime;

/// <summary>
/// One silo's part in the cluster's membership, as a state machine that knows neither network nor clock nor table: it is told
/// what has happened and when, and says in <see cref="TakeActions"/> what is to be done. It is not thread-safe.
/// </summary>
/// <remarks>
/// Everything that silos agree on is in the table, whose version every change counts up; so each change is decided on the
/// whole table as it was read last, and is refused if that is not the newest. A silo reads the table often enough to know
/// that nobody has declared it dead; while it can't, it suspends.
/// </remarks>
internal sealed partial class MembershipProtocol
{
    private readonly SiloAddress _self;
    private readonly MembershipEntry _row;
    private readonly ClusterMembershipOptions _options;
    private readonly TimeSpan _probeTimeout;
    private readonly TimeSpan? _lease;
    private readonly List<MembershipAction> _actions = [];
    private SiloStatus _wanted = SiloStatus.None;
    private Moment _now;
    private bool _isListed;
    private bool _isOver;

    /// <param name="row">This silo as the table shall have it; the protocol fills in what changes.</param>
    /// <param name="options">Times and limits.</param>
    /// <param name="isTableLocal">The table is in this process and can't get out of reach.</param>
    /// <param name="now">The first moment.</param>
    public MembershipProtocol(MembershipEntry row, ClusterMembershipOptions options, bool isTableLocal, Moment now)
    {
        _row = row;
        _self = row.SiloAddress;
        _options = options;
        _probeTimeout = MembershipRules.ProbeTimeoutOf(options);
        _lease = isTableLocal ? null : MembershipRules.LeaseOf(options);
        _pace = _lease is { } lease && lease / 3 < options.TableRefreshTimeout ? lease / 3 : options.TableRefreshTimeout;
        _operationTimeout = _lease / 2 ?? s_longestLocalOperation;
        _now = now;
    }

    public ClusterView View { get; private set; } = ClusterView.Empty;

    /// <summary>What the table says of this silo.</summary>
    public SiloStatus Status => View.Find(_self)?.Status ?? SiloStatus.None;

    /// <summary>Whether this silo answers nothing, because it can't know any longer whether it still belongs to the cluster.</summary>
    public bool IsSuspended { get; private set; }

    /// <summary>When it suspends unless it can read the table until then; null for never.</summary>
    public TimeSpan? LeaseEnd => _lease is { } lease && _isListed && !_isOver ? _readAt + lease : null;

    /// <summary>When <see cref="Advance"/> is to be called at the latest.</summary>
    public TimeSpan? NextDue
    {
        get
        {
            if (_isOver)
            {
                return null;
            }

            var due = _running is null ? NextOperationDue : _runningSince + _operationTimeout;
            due = Earlier(due, IsSuspended ? null : LeaseEnd);
            due = Earlier(due, NextJoinDue);
            return MayProbe ? _watches.Values.Aggregate(due, (earliest, watch) => Earlier(earliest, watch.Due)) : due;
        }
    }

    /// <summary>What is to be done, in this order; whoever takes them empties the list.</summary>
    public IReadOnlyList<MembershipAction> TakeActions()
    {
        var actions = _actions.ToArray();
        _actions.Clear();
        return actions;
    }

    /// <summary>Reads the table, for the first time or again.</summary>
    public void Refresh(Moment now)
    {
        _mustRead = true;
        Advance(now);
    }

    /// <summary>Somebody speaks of that version of the table.</summary>
    public void Heard(Moment now, long version)
    {
        // What is being read may be older.
        if (_running is TableOperation.Read)
        {
            _heardMeanwhile = Math.Max(_heardMeanwhile, version);
        }
        else
        {
            _heardOf = Math.Max(_heardOf, version);
        }

        Advance(now);
    }

    /// <summary>Enters the table, makes sure that all active silos can be reached, and becomes active.</summary>
    public void Join(Moment now)
    {
        _wanted = SiloStatus.Joining;
        _joinUntil = now.Elapsed + _options.MaxJoinAttemptTime;
        _mustRead = true;
        Advance(now);
    }

    /// <summary>Goes on towards the end: <see cref="SiloStatus.ShuttingDown"/>, <see cref="SiloStatus.Stopping"/> or <see cref="SiloStatus.Dead"/>.</summary>
    public void Leave(Moment now, SiloStatus status)
    {
        if (status > _wanted)
        {
            _wanted = status;
        }

        if (!_isListed && _running is not TableOperation.Insert)
        {
            End(reason: null);
        }

        Advance(now);
    }

    /// <summary>Does what is due.</summary>
    public void Advance(Moment now)
    {
        _now = now;
        if (_isOver)
        {
            return;
        }

        CheckLease();
        CheckOperation();
        CheckJoin();
        SendProbes();
        UseTable();
    }

    private void Do(MembershipAction action) => _actions.Add(action);

    private void End(string? reason)
    {
        _isOver = true;
        if (reason is not null)
        {
            Do(new MembershipAction.Die(reason));
        }
    }

    private void CheckLease()
    {
        if (!IsSuspended && LeaseEnd <= _now.Elapsed)
        {
            IsSuspended = true;
            Do(new MembershipAction.Suspend(_now.Elapsed - _readAt));
        }
    }

    private static TimeSpan? Earlier(TimeSpan? one, TimeSpan? other) => one is null || other < one ? other ?? one : one;
}
