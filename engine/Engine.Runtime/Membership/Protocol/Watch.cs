namespace Orleans.Runtime;

/// <summary>The probes of one silo by another: one at a time, each given its time whether or not it fails early.</summary>
internal sealed class Watch(TimeSpan firstProbe)
{
    private int _firstUnanswered;
    private bool _isOutstanding;

    /// <summary>Probes in a row that were not answered in time.</summary>
    public int Missed { get; private set; }

    /// <summary>When something is due: a probe to be sent, or to be given up.</summary>
    public TimeSpan Due { get; private set; } = firstProbe;

    /// <summary>Notes that the outstanding probe was not answered in time.</summary>
    /// <returns>Whether the next one is to be sent now.</returns>
    public bool IsProbeDue(TimeSpan now)
    {
        if (now < Due)
        {
            return false;
        }

        if (_isOutstanding)
        {
            Missed++;
            _isOutstanding = false;
        }

        return true;
    }

    public void Sent(int number, TimeSpan now, TimeSpan timeout)
    {
        if (Missed == 0)
        {
            _firstUnanswered = number;
        }

        _isOutstanding = true;
        Due = now + timeout;
    }

    /// <summary>An answer, however late, to any of the unanswered probes shows that the silo was there after it was sent.</summary>
    public void Answered(int number)
    {
        if (number >= _firstUnanswered)
        {
            Missed = 0;
            _isOutstanding = false;
        }
    }

    /// <summary>Counts anew: what was missed may have been this silo's own fault.</summary>
    public void Restart(TimeSpan firstProbe)
    {
        Missed = 0;
        _isOutstanding = false;
        Due = firstProbe;
    }
}
