namespace Orleans.Configuration;

/// <summary>How the silos of a cluster watch one another and when one is declared dead.</summary>
public class ClusterMembershipOptions
{
    private TimeSpan? _minProbeTimeout;
    private TimeSpan? _maxProbeTimeout;

    /// <summary>Whether silos that don't answer are declared dead at all.</summary>
    public bool LivenessEnabled { get; set; } = true;

    /// <summary>How often each silo probes those it watches, and how long it waits for the answer.</summary>
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The probe timeout is not shorter; half of <see cref="ProbeTimeout"/> unless set.</summary>
    public TimeSpan MinProbeTimeout
    {
        get => _minProbeTimeout ?? ProbeTimeout / 2;
        set => _minProbeTimeout = value;
    }

    /// <summary>The probe timeout is not longer; four times <see cref="ProbeTimeout"/> unless set.</summary>
    public TimeSpan MaxProbeTimeout
    {
        get => _maxProbeTimeout ?? ProbeTimeout * 4;
        set => _maxProbeTimeout = value;
    }

    /// <summary>So many probes in a row without an answer are a vote to declare the silo dead.</summary>
    public int NumMissedProbesLimit { get; set; } = 3;

    /// <summary>How many silos each silo watches, and so by how many each one is watched.</summary>
    public int NumProbedSilos { get; set; } = 10;

    /// <summary>So many votes declare a silo dead; in small clusters half of the silos are enough.</summary>
    public int NumVotesForDeathDeclaration { get; set; } = 2;

    /// <summary>How long a vote counts.</summary>
    public TimeSpan DeathVoteExpirationTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Before voting, a silo asks another one to probe the silent silo.</summary>
    public bool EnableIndirectProbes { get; set; } = true;

    /// <summary>Whoever changes the table tells the others at once.</summary>
    public bool UseLivenessGossip { get; set; } = true;

    /// <summary>How often the table is read for changes that nobody told of.</summary>
    public TimeSpan TableRefreshTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How often a silo writes into the table that it lives.</summary>
    public TimeSpan IAmAliveTablePublishTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>A silo that has not written for so many times has no say, and a joining silo need not reach it.</summary>
    public int NumMissedTableIAmAliveLimit { get; set; } = 3;

    /// <summary>How long a silo that starts tries to reach all active ones; then it fails to start.</summary>
    public TimeSpan MaxJoinAttemptTime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Rows of dead silos are forgotten after that long.</summary>
    public TimeSpan DefunctSiloExpiration { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How often they are looked for; null for never.</summary>
    public TimeSpan? DefunctSiloCleanupPeriod { get; set; } = TimeSpan.FromHours(1);
}
