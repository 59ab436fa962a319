namespace Crescent.Providers.Sandbox;

/// <summary>Bounds of the work on a sandbox's own file.</summary>
public sealed class SandboxQueueOptions
{
    /// <summary>Operations that may wait for the file; whoever comes then waits for room.</summary>
    public int MaxWaiting { get; set; } = 1024;

    /// <summary>Operations that are committed together.</summary>
    public int MaxBatch { get; set; } = 256;

    internal IEnumerable<string> Errors(string section)
    {
        if (MaxWaiting < 1)
            yield return $"{section}:Queue:MaxWaiting is {MaxWaiting}; it must be at least 1.";
        if (MaxBatch < 1)
            yield return $"{section}:Queue:MaxBatch is {MaxBatch}; it must be at least 1.";
    }
}
