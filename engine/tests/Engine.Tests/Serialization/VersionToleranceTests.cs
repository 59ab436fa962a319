using Orleans.Serialization;
using static Engine.Tests.Serialization.SerializerFixture;
using static Engine.Tests.Serialization.VersionTypes;

namespace Engine.Tests.Serialization;

public sealed class VersionToleranceTests
{
    private static New Everything()
    {
        var part = new NewPart { Number = 3, Price = new(1, "EUR"), Shape = new Shape.Circle("c", 1) };
        return new()
        {
            Kept = 5,
            Text = "text",
            Fixed64 = 1,
            Fixed32 = 2,
            Part = part,
            Nested = new() { ["a"] = [new("Ada", 36)] },
            OnlyHere = new Box<Person> { Value = new("Alan", 41) },
            Last = part,
        };
    }

    [Fact]
    public void Read_ByAnOldVersion_SkipsFieldsThatAreNew()
    {
        var written = Everything();
        written.Last = new() { Number = 4, Shape = new Shape.Circle("last", 2) };

        var read = Convert<New, Old>(written);

        Assert.Equal(5, read.Kept);
        Assert.Equal(4, read.Last!.Number);
        Assert.Equal(new Shape.Circle("last", 2), read.Last.Shape);
    }

    [Fact]
    public void Read_ByAnOldVersion_FindsAnObjectThatOccurredFirstInASkippedField()
    {
        var read = Convert<New, Old>(Everything());

        Assert.Equal(3, read.Last!.Number);
        Assert.Equal(new Shape.Circle("c", 1), read.Last.Shape);
    }

    [Fact]
    public void Read_ByAnOldVersion_FindsItInSegmentedInput()
    {
        var read = Bytes.Deserialize<Old>(Segments.Of(Bytes.SerializeToArray(Everything()), 3));

        Assert.Equal(3, read.Last!.Number);
        Assert.Equal(new Shape.Circle("c", 1), read.Last.Shape);
    }

    [Fact]
    public void Read_ByANewVersion_LeavesMissingFieldsAtTheirDefaults()
    {
        var read = Convert<Old, New>(new() { Kept = 1, Dropped = "gone", Last = new() { Number = 2 } });

        Assert.Equal(1, read.Kept);
        Assert.Equal("default", read.Defaulted);
        Assert.Null(read.Text);
        Assert.Equal(2, read.Last!.Number);
    }

    [Fact]
    public void Read_OfRecords_WorksBothWays()
    {
        var older = Convert<NewRecord, OldRecord>(new("a", "c") { B = 2, D = 3 });
        var newer = Convert<OldRecord, NewRecord>(new("a") { B = 2 });

        Assert.Equal(new OldRecord("a") { B = 2 }, older);
        Assert.Equal("a", newer.A);
        Assert.Null(newer.C);
        Assert.Equal(2, newer.B);
    }

    [Fact]
    public void Read_OfAWiderNumberThanFits_IsRefused() =>
        Assert.Throws<SerializerException>(() => Convert<New, Old>(new() { Kept = long.MaxValue }));

    [Fact]
    public void Read_OfAnotherKindOfValue_IsRefused() =>
        Assert.Throws<SerializerException>(() => Convert<string, int>("text"));
}
