using System.Collections.Concurrent;
using System.Collections.Immutable;
using Orleans.Runtime;
using Orleans.Runtime.Networking;

namespace Orleans.TestingHost;

/// <summary>
/// Disturbs what silos of a test cluster send one another, in one direction each. A number says how many frames are hit;
/// without one it goes on until <see cref="Heal"/>.
/// </summary>
internal sealed class SiloFaults : IFrameFaults
{
    private readonly ConcurrentDictionary<(SiloAddress From, SiloAddress To), bool> _cuts = new();
    private readonly Lock _gate = new();
    private ImmutableArray<Rule> _rules = [];

    /// <summary>How many frames were hit.</summary>
    public int Hits { get; private set; }

    /// <summary>Nothing gets through between two silos, in either direction.</summary>
    public void Cut(SiloAddress one, SiloAddress other)
    {
        _cuts[(one, other)] = true;
        _cuts[(other, one)] = true;
    }

    public void Drop(SiloAddress from, SiloAddress to, FrameKind kind, int frames = int.MaxValue) => Add(new(from, to, kind, new(true, false, default), frames));

    public void Double(SiloAddress from, SiloAddress to, FrameKind kind, int frames = int.MaxValue) => Add(new(from, to, kind, new(false, true, default), frames));

    public void Delay(SiloAddress from, SiloAddress to, FrameKind kind, TimeSpan delay, int frames = int.MaxValue) => Add(new(from, to, kind, new(false, false, delay), frames));

    /// <summary>Ends all disturbances.</summary>
    public void Heal()
    {
        _cuts.Clear();
        lock (_gate)
            _rules = [];
    }

    public FrameFault OnSend(SiloAddress from, SiloAddress to, FrameKind kind)
    {
        if (_rules.IsEmpty)
            return default;
        lock (_gate)
        {
            foreach (var rule in _rules)
            {
                if (rule.Kind == kind && rule.From.Equals(from) && rule.To.Equals(to) && rule.Left-- > 0)
                {
                    Hits++;
                    return rule.Fault;
                }
            }
        }

        return default;
    }

    public bool IsCut(SiloAddress from, SiloAddress to) => _cuts.ContainsKey((from, to));

    private void Add(Rule rule)
    {
        lock (_gate)
            _rules = _rules.Add(rule);
    }

    private sealed record Rule(SiloAddress From, SiloAddress To, FrameKind Kind, FrameFault Fault, int Frames)
    {
        public int Left { get; set; } = Frames;
    }
}
