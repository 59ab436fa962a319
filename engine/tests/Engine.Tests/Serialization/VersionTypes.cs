using Orleans;

namespace Engine.Tests.Serialization;

/// <summary>The same contract in two versions: the second has more of everything, and one member less.</summary>
public static class VersionTypes
{
    [GenerateSerializer]
    public sealed class Old
    {
        [Id(0)]
        public int Kept { get; set; }

        [Id(1)]
        public string? Dropped { get; set; }

        [Id(9)]
        public OldPart? Last { get; set; }
    }

    [GenerateSerializer]
    public sealed class New
    {
        [Id(0)]
        public long Kept { get; set; }

        [Id(2)]
        public string? Text { get; set; }

        [Id(3)]
        public double Fixed64 { get; set; }

        [Id(4)]
        public float Fixed32 { get; set; }

        [Id(5)]
        public NewPart? Part { get; set; }

        [Id(6)]
        public Dictionary<string, List<Person>>? Nested { get; set; }

        [Id(7)]
        public object? OnlyHere { get; set; }

        [Id(8)]
        public string Defaulted { get; set; } = "default";

        [Id(9)]
        public NewPart? Last { get; set; }
    }

    [GenerateSerializer]
    public sealed class OldPart
    {
        [Id(0)]
        public int Number { get; set; }

        [Id(2)]
        public Shape? Shape { get; set; }
    }

    [GenerateSerializer]
    public sealed class NewPart
    {
        [Id(0)]
        public int Number { get; set; }

        [Id(1)]
        public Money Price { get; set; }

        [Id(2)]
        public Shape? Shape { get; set; }
    }

    [GenerateSerializer]
    public sealed record OldRecord(string A)
    {
        [Id(0)]
        public int B { get; init; }
    }

    [GenerateSerializer]
    public sealed record NewRecord(string A, string? C = null)
    {
        [Id(0)]
        public int B { get; init; }

        [Id(1)]
        public int D { get; init; } = 4;
    }
}
