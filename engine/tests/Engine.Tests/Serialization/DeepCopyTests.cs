using System.Collections.Immutable;
using static Engine.Tests.Serialization.SerializerFixture;

namespace Engine.Tests.Serialization;

public sealed class DeepCopyTests
{
    [Fact]
    public void Copy_OfMutableObjects_SharesNothing()
    {
        var original = new Node { Name = "a", Next = new(), Children = [new() { Name = "child" }], Any = new[] { 1 } };

        var copy = Copier.Copy(original);
        copy.Next!.Name = "changed";
        copy.Children[0].Name = "changed";
        copy.Children.Add(new());
        ((int[])copy.Any!)[0] = 2;

        Assert.Null(original.Next.Name);
        Assert.Equal("child", Assert.Single(original.Children).Name);
        Assert.Equal([1], (int[])original.Any);
    }

    [Fact]
    public void Copy_OfWhatNobodyCanChange_SharesIt()
    {
        AssertShared("text");
        AssertShared(new Person("Ada", 36));
        AssertShared(new Frozen("f", [1], [1]));
        AssertShared(new ReadOnlyInside("r", [new("Ada", 36)]));
        AssertShared<object>(new ReadOnlyInside("r", [new("Ada", 36)]));
        AssertShared<Shape>(new Shape.Circle("c", 1));
        AssertShared(ImmutableList.Create(1, 2));
        AssertShared(new Uri("https://example.org"));
        AssertShared<Exception>(new InvalidOperationException());
        AssertShared(Array.Empty<Node>());

        static void AssertShared<T>(T value) where T : class => Assert.Same(value, Copier.Copy(value));
    }

    [Fact]
    public void Copy_OfReadOnlyMembersWithMutableContent_CopiesThem()
    {
        var original = new MutableInside("m", [1]);
        var copy = Copier.Copy(original);
        copy.Numbers.Add(2);

        Assert.Equal([1], original.Numbers);
        Assert.Equal("m", copy.Name);
    }

    [Fact]
    public void Copy_OfAMemberMarkedImmutable_SharesIt()
    {
        var original = new Loop("l") { Shared = [1] };

        Assert.Same(original.Shared, Copier.Copy(original).Shared);
    }

    [Fact]
    public void Copy_OfAMutableTypeWithoutMembersToCopy_MakesAnother()
    {
        var original = Hidden.Create(1, "two", 3);
        var copy = Copier.Copy(original);

        Assert.NotSame(original, copy);
        Assert.Equal((1, "two", 3), (copy.Field, copy.Text, copy.Secret));
    }

    [Fact]
    public void Copy_OfAGraph_KeepsIdentityWithinIt()
    {
        var node = new Node { Name = "n" };
        node.Next = node;
        node.Children.Add(node);
        node.Any = node.Children;

        var copy = Copier.Copy(node);

        Assert.NotSame(node, copy);
        Assert.Same(copy, copy.Next);
        Assert.Same(copy, copy.Children[0]);
        Assert.Same(copy.Children, copy.Any);
    }

    [Fact]
    public void Copy_OfCollections_KeepsElementsAndComparers()
    {
        var dictionary = new Dictionary<string, List<int>>(StringComparer.OrdinalIgnoreCase) { ["a"] = [1] };
        var copy = Copier.Copy(dictionary);
        copy["A"].Add(2);

        Assert.Equal([1], dictionary["a"]);
        Assert.Equal([3, 2, 1], Copier.Copy(new Stack<int>([1, 2, 3])));
        Assert.Equal([1, 2], Copier.Copy(new Queue<int>([1, 2])));
        Assert.Equal(["b"], Copier.Copy(new HashSet<string> { "b" }));
        Assert.Equal([1, 2], Copier.Copy<IReadOnlyList<int>>(new List<int> { 1, 2 }));
        Assert.Equal((1, "x"), Copier.Copy((1, "x")));
        Assert.Equal([1, 2], Copier.Copy<ReadOnlyMemory<byte>>(new byte[] { 1, 2 }).ToArray());
        Assert.Equal(5, Copier.Copy<int?>(5));
    }

    [Fact]
    public void Copy_OfImmutableCollectionsOfMutableElements_CopiesTheElements()
    {
        var node = new Node();

        Assert.NotSame(node, Copier.Copy(ImmutableArray.Create(node))[0]);
        Assert.NotSame(node, Copier.Copy(ImmutableList.Create(node))[0]);
        Assert.NotSame(node, Copier.Copy((1, node)).node);
        Assert.NotSame(node, Copier.Copy(new KeyValuePair<int, Node>(1, node)).Value);
    }

    [Fact]
    public void Copy_OfConvertedTypes_GoesThroughTheSurrogate()
    {
        var original = new Foreign("x");
        var copy = Copier.Copy(new[] { original, original });

        Assert.NotSame(original, copy[0]);
        Assert.Same(copy[0], copy[1]);
        Assert.Equal("x", copy[0].Text);
        Assert.Equal(new ForeignValue(5), Copier.Copy(new ForeignValue(5)));
    }

    [Fact]
    public void Copy_WithARegisteredGenericCopier_UsesIt()
    {
        var original = new Journal<Node> { Value = new() };
        var copy = Copier.Copy(original);

        Assert.NotSame(original, copy);
        Assert.Same(original.Value, copy.Value);
    }

    [Fact]
    public void Copy_OfStructs_CopiesWhatTheyReferTo()
    {
        var original = new Constrained<string, Color>(new() { ["r"] = Color.Red });

        Assert.NotSame(original.Items, Copier.Copy(original).Items);
        Assert.Equal(2, Copier.Copy(new Point(1, 2)).Y);
    }
}
