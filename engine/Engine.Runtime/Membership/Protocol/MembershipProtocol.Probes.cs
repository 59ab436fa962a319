namespace Orleans.Runtime;

/// <content>Who is watched, who doesn't answer, and the votes on it.</content>
internal sealed partial class MembershipProtocol
{
    private readonly Dictionary<SiloAddress, Watch> _watches = [];
    private readonly Dictionary<SiloAddress, SignOfLife> _signs = [];
    private readonly HashSet<SiloAddress> _withheld = [];

    private bool MayProbe => Status == SiloStatus.Active && !IsSuspended && !_isOver;

    /// <summary>A silo has answered a probe, or another has said that it answers.</summary>
    public void ProbeAnswered(Moment now, int number, SiloAddress target)
    {
        if (_watches.TryGetValue(target, out var watch))
        {
            watch.Answered(number);
            _withheld.Remove(target);
        }

        JoinProbeAnswered(number, target);
        Advance(now);
    }

    /// <summary>Whether a silo still writes into the table, so that a silence of it is more than a crash. Judged by when its time changed, not by what it is: clocks differ.</summary>
    public bool WritesThatItLives(SiloAddress silo) =>
        silo.Equals(_self) || (_signs.TryGetValue(silo, out var sign) && _now.Elapsed - sign.SeenAt <= _options.IAmAliveTablePublishTimeout * _options.NumMissedTableIAmAliveLimit);

    /// <param name="blind">For how long nobody's sign could be seen; that long doesn't count against anybody.</param>
    private void NoteSignsOfLife(TimeSpan blind)
    {
        foreach (var (entry, _) in _table!.Members)
        {
            if (!_signs.TryGetValue(entry.SiloAddress, out var sign))
            {
                // The first sight has nothing to compare with but the clock.
                var age = _now.Utc - entry.IAmAliveTime;
                _signs[entry.SiloAddress] = new(entry.IAmAliveTime, _now.Elapsed - (age > TimeSpan.Zero ? age : TimeSpan.Zero));
            }
            else if (entry.IAmAliveTime > sign.Written)
            {
                _signs[entry.SiloAddress] = new(entry.IAmAliveTime, _now.Elapsed);
            }
            else if (blind > TimeSpan.Zero)
            {
                _signs[entry.SiloAddress] = sign with { SeenAt = sign.SeenAt + blind };
            }
        }

        foreach (var gone in _signs.Keys.Where(silo => _table.TryGet(silo) is null).ToList())
        {
            _signs.Remove(gone);
        }
    }

    private void UpdateWatches()
    {
        var watched = Status == SiloStatus.Active ? MembershipRules.Watched(View, _self, _options.NumProbedSilos).ToList() : [];
        foreach (var gone in _watches.Keys.Except(watched).ToList())
        {
            _watches.Remove(gone);
            _withheld.Remove(gone);
        }

        // Probes are spread over the period, so that a silo is not asked by all at once.
        var added = watched.Where(silo => !_watches.ContainsKey(silo)).ToList();
        for (var i = 0; i < added.Count; i++)
        {
            _watches[added[i]] = new Watch(_now.Elapsed + (_probeTimeout * (i + 1) / (added.Count + 1)));
        }
    }

    private void RestartWatches()
    {
        _withheld.Clear();
        foreach (var watch in _watches.Values)
        {
            watch.Restart(_now.Elapsed);
        }
    }

    private void SendProbes()
    {
        if (!MayProbe)
        {
            return;
        }

        foreach (var (silo, watch) in _watches)
        {
            if (!watch.IsProbeDue(_now.Elapsed))
            {
                continue;
            }

            var number = ++_number;
            watch.Sent(number, _now.Elapsed, _probeTimeout);
            Do(new MembershipAction.Probe(number, silo, Through: null));
            if (_options.EnableIndirectProbes && watch.Missed >= _options.NumMissedProbesLimit - 1 && Intermediary(number) is { } other)
            {
                Do(new MembershipAction.Probe(number, silo, other));
            }
        }
    }

    private SiloAddress? Intermediary(int number)
    {
        var answering = _watches.Where(watch => watch.Value.Missed == 0 && View.IsActive(watch.Key)).Select(watch => watch.Key).ToList();
        return answering.Count == 0 ? null : answering[number % answering.Count];
    }

    private int VotesNeeded() => MembershipRules.VotesNeeded(_options, View.Active.Count(WritesThatItLives));

    private TableOperation.Update? VoteOrNull()
    {
        if (!MayProbe || !_options.LivenessEnabled)
        {
            return null;
        }

        foreach (var (silo, watch) in _watches)
        {
            if (watch.Missed >= _options.NumMissedProbesLimit && MayVoteOn(silo) && Vote(silo) is { } vote)
            {
                return vote;
            }
        }

        return null;
    }

    private bool MayVoteOn(SiloAddress silo)
    {
        var alive = _watches.Where(watch => WritesThatItLives(watch.Key)).ToList();
        var answering = alive.Count(watch => watch.Value.Missed == 0);
        if (MembershipRules.MayVote(answering, alive.Count))
        {
            return true;
        }

        if (_withheld.Add(silo))
        {
            Do(new MembershipAction.VoteWithheld(silo, answering, alive.Count));
        }

        return false;
    }

    private TableOperation.Update? Vote(SiloAddress silo)
    {
        var row = _table!.TryGet(silo)!;
        var votes = MembershipRules.VotesAgainst(row.Item1, View, _now.Utc, _options.DeathVoteExpirationTimeout);
        var hasVoted = votes.Contains(_self);
        var isEnough = votes.Count + (hasVoted ? 0 : 1) >= VotesNeeded();
        if (hasVoted && !isEnough)
        {
            return null;
        }

        return Change(row, entry =>
        {
            entry.SuspectTimes?.RemoveAll(vote => !votes.Contains(vote.Item1));
            entry.AddOrUpdateSuspector(_self, _now.Utc, Math.Max(1, _options.NumVotesForDeathDeclaration));
            entry.Status = isEnough ? SiloStatus.Dead : entry.Status;
        });
    }

    /// <param name="Written">What it wrote last.</param>
    /// <param name="SeenAt">When that was seen first.</param>
    private sealed record SignOfLife(DateTime Written, TimeSpan SeenAt);
}
