using System.Collections.Immutable;

namespace Orleans.Behaviours.Messages;

public interface IValueGrain : IGrainWithStringKey
{
    Task<object?> Echo(object? value);

    Task<Tree> EchoTree(Tree tree);

    Task<ImmutableArray<Shape>> EchoShapes(ImmutableArray<Shape> shapes);
}

public sealed class ValueGrain : Grain, IValueGrain
{
    public Task<object?> Echo(object? value) => Task.FromResult(value);

    public Task<Tree> EchoTree(Tree tree) => Task.FromResult(tree);

    public Task<ImmutableArray<Shape>> EchoShapes(ImmutableArray<Shape> shapes) => Task.FromResult(shapes);
}

[GenerateSerializer]
public abstract record Shape([property: Id(0)] string Name)
{
    [GenerateSerializer]
    public sealed record Circle(string Name, [property: Id(0)] double Radius) : Shape(Name);

    [GenerateSerializer]
    public sealed record Box(string Name, [property: Id(0)] decimal Width, [property: Id(1)] decimal Height) : Shape(Name);
}

[GenerateSerializer]
public sealed class Tree
{
    [Id(0)]
    public string Name { get; set; } = "";

    [Id(1)]
    public List<Tree> Branches { get; set; } = [];

    [Id(2)]
    public Dictionary<string, Guid> Leaves { get; set; } = [];

    [Id(3)]
    public Colour? Colour { get; set; }
}

[GenerateSerializer]
public enum Colour
{
    Green,
    Brown,
}

[GenerateSerializer]
public readonly record struct Point([property: Id(0)] int X, [property: Id(1)] int Y);

/// <summary>Nobody has said how to send it.</summary>
public sealed class Unsendable
{
    public int Number { get; set; }
}

/// <summary>A type of somebody else, with a surrogate.</summary>
public sealed class Foreign(int number)
{
    public int Number { get; } = number;
}

[GenerateSerializer]
public struct ForeignSurrogate
{
    [Id(0)]
    public int Number { get; set; }
}

[RegisterConverter]
public sealed class ForeignConverter : IConverter<Foreign, ForeignSurrogate>
{
    public Foreign ConvertFromSurrogate(in ForeignSurrogate surrogate) => new(surrogate.Number);

    public ForeignSurrogate ConvertToSurrogate(in Foreign value) => new() { Number = value.Number };
}
