using Orleans.Runtime;

namespace Orleans.Configuration;

/// <summary>What calls carry or go through beyond their arguments.</summary>
internal sealed class CallDiagnosticsOptions
{
    /// <summary>Calls carry the caller's activity and make spans.</summary>
    public bool PropagatesActivities { get; set; }

    /// <summary>Local calls go through the codecs like remote ones; see <see cref="RoundTrip.Variable"/>.</summary>
    public bool RoundTripsCalls { get; set; } = RoundTrip.IsAskedFor;
}
