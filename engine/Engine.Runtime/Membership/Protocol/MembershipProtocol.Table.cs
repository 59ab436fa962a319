namespace Orleans.Runtime;

/// <content>What is read from the table and written into it.</content>
internal sealed partial class MembershipProtocol
{
    // No more than a bug could make a table in memory slow.
    private static readonly TimeSpan s_longestLocalOperation = TimeSpan.FromMinutes(1);

    private readonly TimeSpan _pace;
    private readonly TimeSpan _operationTimeout;
    private MembershipTableData? _table;
    private TableOperation? _running;
    private TimeSpan _runningSince;
    private TimeSpan _retryAt;
    private TimeSpan _readAt;
    private TimeSpan _aliveAt;
    private TimeSpan? _cleanUpAt;
    private int _number;
    private int _operationNumber;
    private long _heardOf;
    private long _heardMeanwhile;
    private bool _mustRead;
    private bool _hasNews;
    private bool _isTableLost;

    private bool IsNewestUnread => _mustRead || _table is null || _heardOf > _table.Version.Version;

    /// <summary>One silo is enough for that: the eldest.</summary>
    private bool CleansUp => MayProbe && View.Active[0].Equals(_self);

    private TimeSpan? NextOperationDue
    {
        get
        {
            if (_wanted == SiloStatus.None && !_mustRead)
            {
                return null;
            }

            var due = IsNewestUnread ? _retryAt : Earlier(Earlier(_readAt + _pace, _isListed ? _aliveAt : null), CleansUp ? _cleanUpAt : null);
            return due > _retryAt ? due : _retryAt;
        }
    }

    /// <summary>The table as it was read.</summary>
    public void OperationDone(Moment now, int number, MembershipTableData table)
    {
        if (Ends(now, number))
        {
            Read(table);
            Advance(now);
        }
    }

    /// <summary>A change of the table was made, or refused because somebody else was faster.</summary>
    public void OperationDone(Moment now, int number, bool isDone)
    {
        var operation = _running;
        if (Ends(now, number))
        {
            Written(operation!, isDone);
            Advance(now);
        }
    }

    /// <summary>The table could not be used; whether a change was made is unknown.</summary>
    public void OperationFailed(Moment now, int number, Exception exception)
    {
        if (number == _operationNumber && _running is not null)
        {
            _now = now;
            Failed(exception);
            Advance(now);
        }
    }

    private bool Ends(Moment now, int number)
    {
        // One that was given up may end late; what it did is read again anyway.
        if (number != _operationNumber || _running is null || _isOver)
        {
            return false;
        }

        _now = now;
        _running = null;
        if (_isTableLost)
        {
            _isTableLost = false;
            Do(new MembershipAction.TableBack());
        }

        return true;
    }

    private void Failed(Exception exception)
    {
        var operation = _running;
        _running = null;
        _mustRead = true;
        _hasNews |= operation!.ChangesView;
        JoinAgain();
        _retryAt = _now.Elapsed + _pace;
        if (!_isTableLost)
        {
            _isTableLost = true;
            Do(new MembershipAction.TableLost(exception));
        }

        if (operation is TableOperation.Read)
        {
            Do(new MembershipAction.ReadEnded(_operationNumber));
        }
    }

    private void CheckOperation()
    {
        if (_running is not null && _now.Elapsed >= _runningSince + _operationTimeout)
        {
            Failed(new TimeoutException($"The membership table did not answer within {_operationTimeout}."));
            _retryAt = _now.Elapsed;
        }
    }

    private void Written(TableOperation operation, bool isDone)
    {
        switch (operation)
        {
            case TableOperation.SayAlive:
                _aliveAt = _now.Elapsed + _options.IAmAliveTablePublishTimeout;
                return;
            case TableOperation.Cleanup:
                _cleanUpAt = _now.Elapsed + _options.DefunctSiloCleanupPeriod;
                return;
            case TableOperation.Update { Entry: var entry } when isDone && !entry.SiloAddress.Equals(_self):
                Do(new MembershipAction.Voted(entry, entry.SuspectTimes?.Count ?? 0, VotesNeeded()));
                break;
            default:
                _aliveAt = isDone ? _now.Elapsed + _options.IAmAliveTablePublishTimeout : _aliveAt;
                break;
        }

        if (!isDone)
        {
            JoinAgain();
        }

        // Only the table knows the new ETags, and only it is right about what others did at the same time.
        _mustRead = true;
        _hasNews |= isDone;
    }

    private void Read(MembershipTableData table)
    {
        var wasRead = _table is not null;
        var readFrom = _runningSince;
        _heardOf = _heardMeanwhile;
        _heardMeanwhile = 0;
        if (FindOwnEnd(table) is { } reason)
        {
            End(reason);
            return;
        }

        // The outcome holds for the moment at which the reading began, or later.
        var gap = wasRead ? readFrom - _readAt : TimeSpan.Zero;
        _readAt = readFrom;
        _table = table;
        NoteSignsOfLife(blind: IsSuspended ? gap : TimeSpan.Zero);
        if (table.Version.Version > View.Version || !wasRead)
        {
            View = MembershipRules.ViewOf(table);
            Do(new MembershipAction.Show(View));
            UpdateWatches();
            NoteJoined();
        }

        if (IsSuspended && LeaseEnd > _now.Elapsed)
        {
            IsSuspended = false;
            RestartWatches();
            Do(new MembershipAction.Resume());
        }

        TellOthers();
        Do(new MembershipAction.ReadEnded(_operationNumber));
        if (_wanted == SiloStatus.Dead && Status is SiloStatus.Dead or SiloStatus.None)
        {
            End(reason: null);
        }
    }

    /// <summary>Why this silo is dead to the others; null if it is not.</summary>
    private string? FindOwnEnd(MembershipTableData table)
    {
        if (_wanted == SiloStatus.Dead)
        {
            return null;
        }

        if (table.Members.FirstOrDefault(row => row.Item1.SiloAddress.IsSuccessorOf(_self)) is { } successor)
        {
            return $"{successor.Item1.SiloAddress} has taken its place";
        }

        var own = table.TryGet(_self)?.Item1;
        if (own is null)
        {
            return _isListed ? "its row has gone from the membership table" : null;
        }

        _isListed = true;
        return own.Status == SiloStatus.Dead
            ? $"the membership table has it as dead; against it were {string.Join(", ", (own.SuspectTimes ?? []).Select(vote => vote.Item1))}"
            : null;
    }

    private void TellOthers()
    {
        if (!_hasNews)
        {
            return;
        }

        _hasNews = false;
        if (_options.UseLivenessGossip)
        {
            var others = View.Members.Where(member => member.Status != SiloStatus.Dead && !member.Address.Equals(_self)).Select(member => member.Address).ToList();
            if (others.Count > 0)
            {
                Do(new MembershipAction.Gossip(others, View.Version));
            }
        }
    }

    private void UseTable()
    {
        if (_running is not null || _isOver || _now.Elapsed < _retryAt || (_wanted == SiloStatus.None && !_mustRead))
        {
            return;
        }

        if (IsNewestUnread || _now.Elapsed >= _readAt + _pace)
        {
            Run(new TableOperation.Read());
        }
        else if ((OwnChange() ?? VoteOrNull() ?? Upkeep()) is { } operation)
        {
            Run(operation);
        }
    }

    private void Run(TableOperation operation)
    {
        _mustRead &= operation is not TableOperation.Read;
        _running = operation;
        _runningSince = _now.Elapsed;
        _operationNumber = ++_number;
        Do(new MembershipAction.UseTable(_operationNumber, operation));
    }

    private TableOperation? OwnChange()
    {
        if (_wanted == SiloStatus.None)
        {
            return null;
        }

        var table = _table!;
        if (table.Members.FirstOrDefault(row => row.Item1.SiloAddress.IsPredecessorOf(_self) && row.Item1.Status != SiloStatus.Dead) is { } predecessor)
        {
            // Two processes can't listen at one endpoint.
            return Change(predecessor, dead => dead.Status = SiloStatus.Dead);
        }

        if (table.TryGet(_self) is { } own)
        {
            return own.Item1.Status < _wanted ? Change(own, entry =>
            {
                entry.Status = _wanted;
                entry.IAmAliveTime = _now.Utc;
            }) : null;
        }

        if (_wanted > SiloStatus.Active)
        {
            return null;
        }

        var row = _row.Copy();
        row.Status = SiloStatus.Joining;
        row.StartTime = row.IAmAliveTime = _now.Utc;
        return new TableOperation.Insert(row, table.Version.Next());
    }

    private TableOperation? Upkeep()
    {
        if (_isListed && _now.Elapsed >= _aliveAt)
        {
            var entry = _table!.TryGet(_self)!.Item1.Copy();
            entry.IAmAliveTime = _now.Utc;
            return new TableOperation.SayAlive(entry);
        }

        _cleanUpAt ??= _now.Elapsed + _options.DefunctSiloCleanupPeriod;
        return CleansUp && _now.Elapsed >= _cleanUpAt
            ? new TableOperation.Cleanup(new DateTimeOffset(_now.Utc, TimeSpan.Zero) - _options.DefunctSiloExpiration)
            : null;
    }

    private TableOperation.Update Change(Tuple<MembershipEntry, string> row, Action<MembershipEntry> change)
    {
        var entry = row.Item1.Copy();
        change(entry);
        return new(entry, row.Item2, _table!.Version.Next());
    }
}
