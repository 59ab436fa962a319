namespace Crescent.GrainInterfaces.Analytics;

/// <summary>
/// Counts what happened in one partition of the integration streams. Key: the partition number. Streams feed it; what
/// they lost it pulls from the log, so that each event is counted exactly once.
/// </summary>
[Alias("crescent.IAnalyticsGrain")]
public interface IAnalyticsGrain : IGrainWithStringKey
{
    /// <summary>Counts everything up to the log's head as it is now. Returns the position up to which all is counted.</summary>
    [Alias("CatchUp")]
    Task<long> CatchUp(CancellationToken cancellationToken = default);
}
