using Orleans.Serialization;
using static Engine.Tests.Serialization.SerializerFixture;

namespace Engine.Tests.Serialization;

public sealed class ReferenceTests
{
    [Fact]
    public void RoundTrip_OfAnObjectThatOccursTwice_KeepsIdentity()
    {
        var shared = new Node { Name = "shared" };
        var list = new List<int> { 1 };
        object[] graph = [shared, shared, list, list];

        var read = RoundTrip(graph);

        Assert.Same(read[0], read[1]);
        Assert.Same(read[2], read[3]);
    }

    [Fact]
    public void RoundTrip_OfEqualButDifferentRecords_KeepsThemApart()
    {
        var read = RoundTrip(new[] { new Person("Ada", 36), new Person("Ada", 36) });

        Assert.NotSame(read[0], read[1]);
    }

    [Fact]
    public void RoundTrip_OfACycle_KeepsIt()
    {
        var first = new Node { Name = "1" };
        var second = new Node { Name = "2", Next = first };
        first.Next = second;
        first.Any = first.Children;
        first.Children.Add(first);

        var read = RoundTrip(first);

        Assert.Same(read, read.Next!.Next);
        Assert.Same(read, Assert.Single(read.Children));
        Assert.Same(read.Children, read.Any);
    }

    [Fact]
    public void RoundTrip_OfManyObjects_KeepsIdentity()
    {
        var nodes = Enumerable.Range(0, 200).Select(i => new Node { Name = $"{i}" }).ToArray();
        var read = RoundTrip(nodes.Concat(nodes).ToArray());

        Assert.All(Enumerable.Range(0, 200), i => Assert.Same(read[i], read[i + 200]));
    }

    [Fact]
    public void Serialize_OfAnObjectThatContainsItselfThroughACollectionBuiltAtOnce_IsRefused()
    {
        var stack = new Stack<object>();
        stack.Push(stack);

        Assert.Throws<SerializerException>(() => RoundTrip(stack));
    }

    [Fact]
    public void RoundTrip_OfALongChain_KeepsIt()
    {
        Node? chain = null;
        for (var i = 0; i < 1000; i++)
            chain = new() { Name = $"{i}", Next = chain };

        Assert.Equal("998", RoundTrip(chain)!.Next!.Name);
    }

    [Fact]
    public void Serialize_OfAChainThatIsTooDeep_IsRefused()
    {
        Node? chain = null;
        for (var i = 0; i < 5000; i++)
            chain = new() { Next = chain };

        Assert.Throws<SerializerException>(() => Bytes.SerializeToArray(chain));
    }

    [Fact]
    public void Serialize_AfterAFailure_WorksAgain()
    {
        Assert.Throws<CodecNotFoundException>(() => Bytes.SerializeToArray<object[]>([new Node(), new Unmarked()]));

        Assert.Equal(new Person("Ada", 36), RoundTrip(new Person("Ada", 36)));
    }
}
