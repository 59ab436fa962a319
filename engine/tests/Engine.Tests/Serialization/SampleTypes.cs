using System.Collections.Immutable;
using Orleans;

namespace Engine.Tests.Serialization;

public enum Color : byte
{
    None,
    Red = 7,
}

[GenerateSerializer, Alias("tests.Mood")]
public enum Mood : long
{
    Calm,
    Wild = long.MaxValue,
}

[GenerateSerializer]
public sealed record Person(string Name, int Age)
{
    // The ids of the constructor's parameters are numbers of their own.
    [Id(0)]
    public string? Nickname { get; init; }
}

[GenerateSerializer]
public sealed record WithPropertyIds([property: Id(3)] string A, [property: Id(1)] int B);

[GenerateSerializer]
public readonly record struct Money(decimal Amount, string Currency);

[GenerateSerializer]
public struct Point
{
    [Id(0)]
    internal int X;

    [Id(1)]
    private readonly int _y;

    public Point(int x, int y)
    {
        X = x;
        _y = y;
    }

    public readonly int Y => _y;
}

[GenerateSerializer]
public sealed class Hidden
{
    [Id(0)]
    private int _field;

    [Id(1)]
    private readonly string _text = "default";

    [Id(2)]
    public int Secret { get; private set; }

    [NonSerialized]
    internal int Forgotten;

    private Hidden()
    {
    }

    public static Hidden Create(int field, string text, int secret) => new(text) { _field = field, Secret = secret, Forgotten = 1 };

    private Hidden(string text) => _text = text;

    public int Field => _field;
    public string Text => _text;
}

[GenerateSerializer, Alias("tests.Custom"), Alias("tests.Custom.old")]
public sealed class Custom
{
    [NonSerialized]
    private int _value;

    [Id(0)]
    public int Value
    {
        get => _value - 1;
        init => _value = value + 1;
    }

    [Id(1)]
    private int Hidden
    {
        get => _value * 2;
        set => _value = value / 2;
    }
}

[GenerateSerializer(IncludePrimaryConstructorParameters = false)]
public sealed record LeavesOut(int Left)
{
    [Id(0)]
    public int Kept { get; init; }
}

[GenerateSerializer]
public sealed class WithRequired
{
    [Id(0)]
    public required string Name { get; set; }

    [Id(1)]
    public List<string> Tags { get; init; } = ["default"];
}

[GenerateSerializer]
public abstract record Shape([property: Id(0)] string Label)
{
    [GenerateSerializer, Alias("tests.Circle")]
    public sealed record Circle(string Label, double Radius) : Shape(Label);

    [GenerateSerializer]
    public record Square(string Label, double Side) : Shape(Label);

    [GenerateSerializer]
    public sealed record Cube(string Label, double Side, Shape? Top) : Square(Label, Side);
}

[GenerateSerializer, Alias("tests.Box`1")]
public sealed class Box<T>
{
    [Id(0)]
    public T? Value { get; set; }

    [Id(1)]
    public List<T>? More { get; set; }

    [GenerateSerializer]
    public sealed record Lid([property: Id(0)] T Size);
}

[GenerateSerializer]
public sealed record Constrained<TKey, TValue>(Dictionary<TKey, TValue> Items)
    where TKey : notnull
    where TValue : struct, Enum;

[GenerateSerializer]
public sealed class Node
{
    [Id(0)]
    public string? Name { get; set; }

    [Id(1)]
    public Node? Next { get; set; }

    [Id(2)]
    public List<Node> Children { get; set; } = [];

    [Id(3)]
    public object? Any { get; set; }
}

[GenerateSerializer, Immutable]
public sealed record Frozen(string Name, ImmutableArray<int> Numbers, int[] Trusted);

[GenerateSerializer]
public sealed record ReadOnlyInside(string Name, ImmutableList<Person> People);

[GenerateSerializer]
public sealed record MutableInside(string Name, List<int> Numbers);

[GenerateSerializer]
public sealed record Loop(string Name)
{
    [Id(0), Immutable]
    public List<int>? Shared { get; init; }
}

/// <summary>A type that no attribute can be put on.</summary>
public sealed class Foreign(string text)
{
    public string Text { get; set; } = text;
}

[GenerateSerializer]
public struct ForeignSurrogate
{
    [Id(0)]
    public string Text { get; set; }
}

[RegisterConverter]
public sealed class ForeignConverter : IConverter<Foreign, ForeignSurrogate>
{
    public Foreign ConvertFromSurrogate(in ForeignSurrogate surrogate) => new(surrogate.Text);
    public ForeignSurrogate ConvertToSurrogate(in Foreign value) => new() { Text = value.Text };
}

public readonly record struct ForeignValue(int Value);

[GenerateSerializer]
public struct ForeignValueSurrogate
{
    [Id(0)]
    public int Value { get; set; }
}

[RegisterConverter]
public sealed class ForeignValueConverter : IConverter<ForeignValue, ForeignValueSurrogate>
{
    public ForeignValue ConvertFromSurrogate(in ForeignValueSurrogate surrogate) => new(surrogate.Value);
    public ForeignValueSurrogate ConvertToSurrogate(in ForeignValue value) => new() { Value = value.Value };
}

public sealed class Journal<T> where T : class
{
    public T? Value { get; set; }
}

[RegisterCopier]
public sealed class JournalCopier<T> : Orleans.Serialization.Cloning.IDeepCopier<Journal<T>> where T : class
{
    public Journal<T> DeepCopy(Journal<T> input, Orleans.Serialization.Cloning.CopyContext context) => new() { Value = input.Value };
}

[GenerateSerializer]
public sealed class TroubleException : Exception
{
    public TroubleException(string message, int code) : base(message) => Code = code;

    [Id(0)]
    public int Code { get; private set; }
}

public sealed class PlainException(string message) : InvalidOperationException(message);

public sealed class Unmarked
{
    public int Value { get; set; }
}
