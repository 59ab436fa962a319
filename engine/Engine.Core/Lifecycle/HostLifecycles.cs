namespace Orleans.Runtime;

/// <summary>The lifecycle of a silo.</summary>
public interface ISiloLifecycle : ILifecycleObservable
{
    int HighestCompletedStage { get; }

    int LowestStoppedStage { get; }
}

/// <summary>The lifecycle of an activation.</summary>
public interface IGrainLifecycle : ILifecycleObservable;

/// <summary>Stages of an activation's lifecycle.</summary>
public static class GrainLifecycleStage
{
    public const int First = int.MinValue;
    public const int SetupState = 1_000;
    public const int Activate = 2_000;
    public const int Last = int.MaxValue;
}

/// <summary>Runs once the silo is active.</summary>
public interface IStartupTask
{
    Task Execute(CancellationToken cancellationToken);
}
