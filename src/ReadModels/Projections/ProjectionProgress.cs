namespace Crescent.ReadModels.Projections;

/// <summary>How far each read model has come, for those who want to read their own writes.</summary>
public abstract class ProjectionProgress
{
    /// <summary>Waits until a read model shows the log up to a position; false if it did not within the time.</summary>
    public abstract Task<bool> WaitForAsync(string projection, long position, TimeSpan atMost, CancellationToken ct);

    /// <summary>A projection of this process stands at a position.</summary>
    internal abstract void Report(string projection, long position);
}
