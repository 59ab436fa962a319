using System.Collections.Immutable;
using System.Globalization;
using Orleans.Runtime;
using Orleans.Serialization;
using static Engine.Tests.Serialization.SerializerFixture;

namespace Engine.Tests.Serialization;

public sealed class RoundTripTests
{
    public static TheoryData<object> Plain =>
    [
        true, false, sbyte.MinValue, short.MinValue, int.MinValue, int.MaxValue, long.MinValue, long.MaxValue, byte.MaxValue, ushort.MaxValue,
        uint.MaxValue, ulong.MaxValue, 'x', char.MaxValue, 1.5f, float.NaN, double.Epsilon, double.NegativeInfinity, decimal.MinValue, 1.230m, -0.0m,
        "", "text", new string('ä', 50), new string('x', 100_000), Guid.Parse("0198f1c5-0000-7000-8000-000000000001", CultureInfo.InvariantCulture),
        TimeSpan.MinValue, DateOnly.MaxValue, TimeOnly.MaxValue, DateTime.MaxValue, new DateTime(2026, 8, 1, 0, 0, 0, DateTimeKind.Utc),
        new DateTimeOffset(2026, 8, 1, 12, 0, 0, TimeSpan.FromMinutes(-90)), new Uri("https://example.org/a?b=c"), new Uri("a/b", UriKind.Relative),
        new Version(1, 2, 3), GrainId.Create("order", "a/b"), Mood.Wild,
    ];

    [Theory]
    [MemberData(nameof(Plain))]
    public void RoundTrip_OfPlainValueAsObject_KeepsValueAndType(object value)
    {
        var read = RoundTrip(value);

        Assert.Equal(value, read);
        Assert.Equal(value.GetType(), read.GetType());
    }

    [Fact]
    public void RoundTrip_OfDecimal_KeepsItsScale() => Assert.Equal("1.230", RoundTrip(1.230m).ToString(CultureInfo.InvariantCulture));

    [Fact]
    public void RoundTrip_OfDateTime_KeepsItsKind() => Assert.Equal(DateTimeKind.Utc, RoundTrip(DateTime.UnixEpoch).Kind);

    [Fact]
    public void RoundTrip_OfNulls_GivesNulls()
    {
        Assert.Null(RoundTrip<string?>(null));
        Assert.Null(RoundTrip<object?>(null));
        Assert.Null(RoundTrip<int?>(null));
        Assert.Null(RoundTrip<Person?>(null));
        Assert.Null(RoundTrip<List<int>?>(null));
        Assert.Null(RoundTrip<byte[]?>(null));
        Assert.Null(RoundTrip<Uri?>(null));
        Assert.True(RoundTrip<ImmutableArray<int>>(default).IsDefault);
    }

    [Fact]
    public void RoundTrip_OfEnums_KeepsTheirNumbers()
    {
        Assert.Equal(Color.Red, RoundTrip(Color.Red));
        Assert.Equal((Color)200, RoundTrip((Color)200));
        Assert.Equal(Mood.Wild, RoundTrip<Mood?>(Mood.Wild));
        Assert.Equal([Mood.Calm, Mood.Wild], RoundTrip<Mood[]>([Mood.Calm, Mood.Wild]));
    }

    [Fact]
    public void RoundTrip_OfRecords_KeepsConstructorParametersAndMembersApart()
    {
        var person = new Person("Ada", 36) { Nickname = "Countess" };

        Assert.Equal(person, RoundTrip(person));
        Assert.Equal(new WithPropertyIds("a", 2), RoundTrip(new WithPropertyIds("a", 2)));
        Assert.Equal(new Money(1.10m, "EUR"), RoundTrip(new Money(1.10m, "EUR")));
    }

    [Fact]
    public void RoundTrip_OfPrivateAndReadOnlyMembers_KeepsThem()
    {
        var hidden = RoundTrip(Hidden.Create(1, "two", 3));
        var point = RoundTrip(new Point(1, 2));

        Assert.Equal((1, "two", 3, 0), (hidden.Field, hidden.Text, hidden.Secret, hidden.Forgotten));
        Assert.Equal((1, 2), (point.X, point.Y));
    }

    [Fact]
    public void RoundTrip_OfPropertiesWithAccessorsOfTheirOwn_RunsThem()
    {
        Assert.Equal(5, RoundTrip(new Custom { Value = 5 }).Value);
        Assert.Equal(5, Copier.Copy(new Custom { Value = 5 }).Value);
    }

    [Fact]
    public void RoundTrip_OfARecordThatLeavesItsParametersOut_KeepsTheOthers()
    {
        Assert.Equal(new LeavesOut(0) { Kept = 2 }, RoundTrip(new LeavesOut(1) { Kept = 2 }));
        Assert.Equal(new LeavesOut(0) { Kept = 2 }, Copier.Copy(new LeavesOut(1) { Kept = 2 }));
    }

    [Fact]
    public void RoundTrip_OfRequiredAndInitMembers_KeepsThemAlsoIfEmpty()
    {
        var read = RoundTrip(new WithRequired { Name = "n", Tags = [] });

        Assert.Equal("n", read.Name);
        Assert.Empty(read.Tags);
        Assert.Null(RoundTrip(new WithRequired { Name = "n", Tags = null! }).Tags);
    }

    [Fact]
    public void RoundTrip_OfDerivedRecords_KeepsTheirTypes()
    {
        Shape cube = new Shape.Cube("c", 2, new Shape.Circle("o", 1));

        Assert.Equal(cube, RoundTrip(cube));
        Assert.Equal(cube, RoundTrip<object>(cube));
        Assert.Equal(cube, RoundTrip((Shape.Square)cube));
        Assert.Equal(new Shape.Square("s", 1), RoundTrip<Shape.Square>(new("s", 1)));
    }

    [Fact]
    public void RoundTrip_OfGenericTypes_KeepsTheirArguments()
    {
        var box = RoundTrip(new Box<Person> { Value = new("Ada", 36), More = [new("Alan", 41)] });
        var inner = RoundTrip<object>(new Box<Box<int>> { Value = new() { Value = 5 } });
        var constrained = RoundTrip(new Constrained<string, Color>(new() { ["r"] = Color.Red }));

        Assert.Equal(new Person("Ada", 36), box.Value);
        Assert.Equal(new Person("Alan", 41), Assert.Single(box.More!));
        Assert.Equal(5, Assert.IsType<Box<Box<int>>>(inner).Value!.Value);
        Assert.Equal(Color.Red, constrained.Items["r"]);
        Assert.Equal(new Box<int>.Lid(4), RoundTrip<object>(new Box<int>.Lid(4)));
    }

    [Fact]
    public void RoundTrip_OfCollections_KeepsElementsAndTypes()
    {
        Check<int[]>([1, 2, 3]);
        Check<string?[]>(["a", null]);
        Check<byte[]>([1, 2, 255]);
        Check<int[][]>([[1], [], [2, 3]]);
        Check<List<int?>>([1, null]);
        Check<HashSet<string>>(["a", "b"]);
        Check<Queue<int>>(new([1, 2]));
        Check<Stack<int>>(new([1, 2, 3]));
        Check<SortedSet<int>>([2, 1]);
        Check<Dictionary<string, List<int>>>(new() { ["a"] = [1], ["b"] = [] });
        Check<SortedDictionary<int, string>>(new() { [2] = "b", [1] = "a" });
        Check<ImmutableArray<string>>(["a", "b"]);
        Check<ImmutableList<int>>([1, 2]);
        Check<ImmutableHashSet<int>>([1, 2]);
        Check(ImmutableDictionary<string, int>.Empty.Add("a", 1));
        Check(ImmutableSortedDictionary<string, int>.Empty.Add("b", 1).Add("a", 2));
        Check(KeyValuePair.Create("a", 1));
        Check((1, "b"));
        Check((1, "b", 2.5, new Person("Ada", 36)));
        Check(Tuple.Create(1, new Person("Ada", 36)));
        Check(new List<Tuple<GrainId, DateTime>> { new(GrainId.Create("order", "a"), DateTime.UnixEpoch) });

        static void Check<T>(T value)
        {
            Assert.Equal(value, RoundTrip(value));
            Assert.IsType(value!.GetType(), RoundTrip<object?>(value));
        }
    }

    [Fact]
    public void RoundTrip_OfCollectionInterfaces_KeepsTheElements()
    {
        Assert.Equal([1, 2], RoundTrip<IReadOnlyList<int>>(new List<int> { 1, 2 }));
        Assert.Equal([1, 2], RoundTrip<IEnumerable<int>>(new[] { 1, 2 }));
        Assert.Equal([1, 2], RoundTrip<IReadOnlyCollection<int>>(new List<int> { 1, 2 }.AsReadOnly()));
        Assert.Equal("b", RoundTrip<IReadOnlyDictionary<string, string>>(new Dictionary<string, string> { ["a"] = "b" })["a"]);
    }

    [Fact]
    public void RoundTrip_OfSequencesThatNobodyCanName_GivesLists()
    {
        Assert.Equal([1, 2], Assert.IsType<List<int>>(RoundTrip<IReadOnlyList<int>>([1, 2])));
        Assert.Equal([1, 2], Assert.IsType<List<int>>(RoundTrip(new[] { 0, 1 }.Select(i => i + 1))));
    }

    [Fact]
    public void RoundTrip_OfMemory_KeepsTheBytes() =>
        Assert.Equal([1, 2, 3], RoundTrip<ReadOnlyMemory<byte>>(new byte[] { 0, 1, 2, 3 }.AsMemory(1)).ToArray());

    [Fact]
    public void RoundTrip_OfDictionaryIgnoringCase_KeepsTheComparer()
    {
        var dictionary = RoundTrip(new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase) { ["a"] = 1 });
        var set = RoundTrip(ImmutableHashSet.Create(StringComparer.OrdinalIgnoreCase, "a"));

        Assert.Equal(1, dictionary["A"]);
        Assert.Contains("A", set);
    }

    [Fact]
    public void Serialize_WithAForeignComparer_IsRefused() =>
        Assert.Throws<SerializerException>(() => RoundTrip(new HashSet<string>(StringComparer.InvariantCultureIgnoreCase)));

    [Fact]
    public void RoundTrip_OfConvertedTypes_GoesThroughTheSurrogate()
    {
        Assert.Equal("x", RoundTrip(new Foreign("x")).Text);
        Assert.Equal("x", Assert.IsType<Foreign>(RoundTrip<object>(new Foreign("x"))).Text);
        Assert.Equal(new ForeignValue(5), RoundTrip(new ForeignValue(5)));
        Assert.Equal(new ForeignValue(5), RoundTrip<object>(new ForeignValue(5)));
        Assert.Null(RoundTrip<Foreign?>(null));
    }

    [Fact]
    public void RoundTrip_OfObjectItself_GivesAnObject() => Assert.Equal(typeof(object), RoundTrip(new object()).GetType());

    [Fact]
    public void RoundTrip_InSegmentsOfOneByte_ReadsTheSame()
    {
        var value = new Node { Name = new string('é', 300), Any = new object[] { 1, 2.5, "x", Guid.Empty, 1.5m, DateTimeOffset.UnixEpoch } };
        var bytes = Bytes.SerializeToArray(value);

        var read = Bytes.Deserialize<Node>(Segments.Of(bytes, 1));

        Assert.Equal(value.Name, read.Name);
        Assert.Equal((object[])value.Any, (object[])read.Any!);
    }

    [Fact]
    public void SerializerOfT_FromTheServiceProvider_RoundTrips()
    {
        var serializer = Bytes.GetSerializer<Person>();

        Assert.Equal(new Person("Ada", 36), serializer.Deserialize(serializer.SerializeToArray(new("Ada", 36))));
    }
}
