using Microsoft.Extensions.Logging;

namespace Orleans.Runtime;

/// <summary>The lifecycle of this silo.</summary>
internal sealed class SiloLifecycle(ILogger<SiloLifecycle> logger) : LifecycleSubject(logger), ISiloLifecycle
{
    public int HighestCompletedStage { get; private set; } = int.MinValue;

    public int LowestStoppedStage { get; private set; } = int.MaxValue;

    protected override void OnStarted(int stage) => HighestCompletedStage = stage;

    protected override void OnStopping(int stage) => LowestStoppedStage = stage;
}
