using System.Runtime.InteropServices;

namespace CrashHost;

/// <summary>
/// The places where this process may kill itself: just before and just after every durable effect. Records them in a dry
/// run, or waits for one of them and sends the process SIGKILL there, which no handler, flush or finally block survives.
/// </summary>
internal sealed partial class CrashPoints
{
    /// <summary>Begins the name of an effect of which only the first since the recording or arming is a point.</summary>
    public const string FirstOnly = "first ";

    private const int SigKill = 9;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _seen = new(StringComparer.Ordinal);
    private readonly List<CrashPoint> _recorded = [];
    private bool _recording;
    private CrashPoint? _armed;

    /// <summary>Forgets what was seen and records from now on.</summary>
    public void Record()
    {
        lock (_gate)
        {
            Restart();
            _recording = true;
        }
    }

    /// <summary>What was recorded, in the order in which it was reached.</summary>
    public IReadOnlyList<CrashPoint> Recorded
    {
        get
        {
            lock (_gate)
                return [.. _recorded];
        }
    }

    /// <summary>Forgets what was seen and kills the process when the point is reached.</summary>
    public void Arm(CrashPoint point)
    {
        lock (_gate)
        {
            Restart();
            _armed = point;
        }
    }

    /// <summary>Runs one durable effect that bears these names, with a point before and one after it for each.</summary>
    public async Task<T> AroundAsync<T>(IReadOnlyCollection<string> names, Func<Task<T>> effect)
    {
        var points = Enter(names);
        KillIfArmed(points, CrashMoment.Before);
        var result = await effect();
        KillIfArmed(points, CrashMoment.After);
        return result;
    }

    private void Restart()
    {
        _seen.Clear();
        _recorded.Clear();
        _recording = false;
        _armed = null;
    }

    private List<(string Name, int Ordinal)> Enter(IReadOnlyCollection<string> names)
    {
        lock (_gate)
        {
            var points = new List<(string, int)>(names.Count);
            foreach (var name in names)
            {
                var ordinal = _seen[name] = _seen.GetValueOrDefault(name) + 1;
                points.Add((name, ordinal));
                if (!_recording || (ordinal > 1 && name.StartsWith(FirstOnly, StringComparison.Ordinal)))
                    continue;
                _recorded.Add(new CrashPoint(CrashMoment.Before, ordinal, name));
                _recorded.Add(new CrashPoint(CrashMoment.After, ordinal, name));
            }
            return points;
        }
    }

    private void KillIfArmed(List<(string Name, int Ordinal)> points, CrashMoment moment)
    {
        lock (_gate)
        {
            if (_armed is { } armed && armed.Moment == moment && points.Contains((armed.Name, armed.Ordinal)) && Kill(Environment.ProcessId, SigKill) != 0)
                throw new InvalidOperationException("The process could not kill itself.");
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);
}

/// <summary>Whether the process dies before an effect is attempted or when it is durable and nobody has heard of it.</summary>
internal enum CrashMoment
{
    Before,
    After,
}

/// <summary>The <paramref name="Ordinal"/>-th effect of a name since the recording or arming, counted from 1.</summary>
internal sealed record CrashPoint(CrashMoment Moment, int Ordinal, string Name)
{
    public static CrashPoint Parse(string text)
    {
        var words = text.Split(' ', 3);
        return new CrashPoint(Enum.Parse<CrashMoment>(words[0]), int.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture), words[2]);
    }

    public override string ToString() => $"{Moment} {Ordinal} {Name}";
}
