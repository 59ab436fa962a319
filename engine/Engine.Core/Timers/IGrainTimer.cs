namespace Orleans.Runtime;

/// <summary>A timer of one activation. Its callback is a turn of the grain; disposing it stops it.</summary>
public interface IGrainTimer : IDisposable
{
    /// <inheritdoc cref="ITimer.Change"/>
    void Change(TimeSpan dueTime, TimeSpan period);
}
