namespace Orleans.Runtime;

/// <content>Joining: all active silos must answer before this one takes grains.</content>
internal sealed partial class MembershipProtocol
{
    private readonly HashSet<SiloAddress> _reached = [];
    private readonly Dictionary<int, SiloAddress> _joinProbes = [];
    private TimeSpan _joinUntil;
    private TimeSpan _roundUntil;

    private bool IsJoining => _wanted == SiloStatus.Joining;

    private TimeSpan? NextJoinDue => !IsJoining ? null : _joinProbes.Count > 0 ? Earlier(_roundUntil, _joinUntil) : _joinUntil;

    private void CheckJoin()
    {
        if (!IsJoining)
        {
            return;
        }

        var unreached = _table is null
            ? []
            : View.Active.Where(silo => !silo.Equals(_self) && !_reached.Contains(silo) && WritesThatItLives(silo)).ToList();
        if (Status == SiloStatus.Joining && unreached.Count == 0 && !IsNewestUnread)
        {
            // Still on the version that was checked: the change is refused if anybody became active since.
            _wanted = SiloStatus.Active;
            _joinProbes.Clear();
        }
        else if (_now.Elapsed >= _joinUntil)
        {
            _wanted = SiloStatus.Dead;
            Do(new MembershipAction.JoinFailed(unreached));
        }
        else if (Status == SiloStatus.Joining && (_joinProbes.Count == 0 || _now.Elapsed >= _roundUntil))
        {
            StartRound(unreached);
        }
    }

    /// <summary>The change to active was refused, or may not have been made: there may be others to reach by now.</summary>
    private void JoinAgain()
    {
        if (_wanted == SiloStatus.Active && Status == SiloStatus.Joining)
        {
            _wanted = SiloStatus.Joining;
        }
    }

    private void NoteJoined()
    {
        if (IsJoining && Status == SiloStatus.Active)
        {
            _wanted = SiloStatus.Active;
        }
    }

    private void StartRound(List<SiloAddress> unreached)
    {
        // Those that did not answer may have gone by now.
        _mustRead |= _joinProbes.Count > 0;
        _joinProbes.Clear();
        _roundUntil = _now.Elapsed + _probeTimeout;
        foreach (var silo in unreached)
        {
            _joinProbes[++_number] = silo;
            Do(new MembershipAction.Probe(_number, silo, Through: null));
        }
    }

    private void JoinProbeAnswered(int number, SiloAddress target)
    {
        if (IsJoining && _joinProbes.Remove(number))
        {
            _reached.Add(target);
        }
    }
}
