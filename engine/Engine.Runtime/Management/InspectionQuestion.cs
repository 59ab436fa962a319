namespace Orleans.Runtime;

/// <summary>What one silo asks another about its activations.</summary>
[GenerateSerializer, Immutable]
internal sealed class InspectionQuestion
{
    [Id(0)]
    public InspectionTopic Topic { get; init; }

    /// <summary>The names of the classes that are wanted; null for all.</summary>
    [Id(1)]
    public string[]? Classes { get; init; }

    [Id(2)]
    public GrainType Type { get; init; }

    [Id(3)]
    public GrainId Grain { get; init; }

    [Id(4)]
    public TimeSpan Age { get; init; }
}

internal enum InspectionTopic
{
    CountByClass,
    List,
    Count,
    HasActivation,
    Active,
    Collect,
}
