using System.Collections.Immutable;
using Orleans.Behaviours.Support;

namespace Orleans.Behaviours.Messages;

public sealed class ValueTests(Cluster cluster)
{
    private readonly IValueGrain _grain = cluster.NewGrain<IValueGrain>();

    public static TheoryData<object> Values =>
    [
        true, 'x', "text", "", 42, -1L, 3.5, 12.34m, Colour.Brown, new Point(1, -2),
        Guid.Parse("0199d0f6-6f3f-7c1e-8d1a-2f0e6c2a9b11"), new DateTimeOffset(2026, 8, 1, 12, 30, 0, TimeSpan.FromHours(2)),
        TimeSpan.FromMilliseconds(1.5), new Uri("https://example.org/a?b=c"), (1, "two"),
        new Shape.Circle("c", 1.5), new Shape.Box("b", 1.10m, 2m),
    ];

    [Theory]
    [MemberData(nameof(Values), DisableDiscoveryEnumeration = true)]
    public async Task Value_AsAnObject_ComesBackAsItWas(object value) => Assert.Equal(value, await _grain.Echo(value).Soon());

    [Fact]
    public async Task Null_AsAnObject_StaysNull() => Assert.Null(await _grain.Echo(null).Soon());

    [Fact]
    public async Task Collections_AsObjects_ComeBackWithTheirTypes()
    {
        int[] numbers = [1, 2, 3];
        Assert.Equal(numbers, Assert.IsType<int[]>(await _grain.Echo(numbers).Soon()));
        List<string> texts = ["a", "b"];
        Assert.Equal(texts, Assert.IsType<List<string>>(await _grain.Echo(texts).Soon()));
        Assert.Equal(5, Assert.IsType<Dictionary<string, int>>(await _grain.Echo(new Dictionary<string, int> { ["five"] = 5 }).Soon())["five"]);
        Assert.Contains("x", Assert.IsType<HashSet<string>>(await _grain.Echo(new HashSet<string> { "x" }).Soon()));
        var immutable = ImmutableList.Create(1, 2);
        Assert.Equal(immutable, Assert.IsType<ImmutableList<int>>(await _grain.Echo(immutable).Soon()));
    }

    [Fact]
    public async Task Records_OfAnAbstractBase_ComeBackAsWhatTheyAre()
    {
        ImmutableArray<Shape> shapes = [new Shape.Circle("circle", 2), new Shape.Box("box", 1, 2)];

        Assert.Equal(shapes, await _grain.EchoShapes(shapes).Soon());
    }

    [Fact]
    public async Task Tree_OfObjects_ComesBackWhole()
    {
        var leaf = Guid.Parse("0199d0f6-6f3f-7c1e-8d1a-2f0e6c2a9b11");
        var tree = new Tree { Name = "root", Branches = { new Tree { Name = "branch", Leaves = { ["leaf"] = leaf }, Colour = Colour.Green } } };

        var back = await _grain.EchoTree(tree).Soon();

        Assert.NotSame(tree, back);
        Assert.Equal("root", back.Name);
        Assert.Null(back.Colour);
        var branch = Assert.Single(back.Branches);
        Assert.Equal(leaf, branch.Leaves["leaf"]);
        Assert.Equal(Colour.Green, branch.Colour);
    }

    [Fact]
    public async Task Type_WithAConverter_TravelsAsItsSurrogate() =>
        Assert.Equal(7, Assert.IsType<Foreign>(await _grain.Echo(new Foreign(7)).Soon()).Number);

    [Fact]
    public async Task Type_ThatNobodyCanSerialize_FailsTheCall() =>
        await Assert.ThrowsAnyAsync<Exception>(() => _grain.Echo(new Unsendable { Number = 1 }).Soon());

    [Fact]
    public async Task Grain_AfterACallThatCouldNotBeSent_TakesOthers()
    {
        await Assert.ThrowsAnyAsync<Exception>(() => _grain.Echo(new Unsendable()).Soon());

        Assert.Equal(1, await _grain.Echo(1).Soon());
    }
}
