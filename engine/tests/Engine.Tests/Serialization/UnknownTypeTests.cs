using System.Text;
using Orleans;
using Orleans.Serialization;
using static Engine.Tests.Serialization.SerializerFixture;

namespace Engine.Tests.Serialization;

public sealed class UnknownTypeTests
{
    [Fact]
    public void Serialize_OfATypeWithoutACodec_IsRefused()
    {
        Assert.Throws<CodecNotFoundException>(() => Bytes.SerializeToArray(new Unmarked()));
        Assert.Throws<CodecNotFoundException>(() => Bytes.SerializeToArray<object>(new Unmarked()));
        Assert.Throws<CodecNotFoundException>(() => Bytes.SerializeToArray(new List<Unmarked>()));
        Assert.Throws<CodecNotFoundException>(() => Copier.Copy(new Unmarked()));
    }

    [Fact]
    public void Serialize_OfAnUnregisteredEnumAsObject_IsRefused() =>
        Assert.Throws<IllegalTypeException>(() => Bytes.SerializeToArray<object>(Color.Red));

    [Theory]
    [InlineData("System.Diagnostics.Process")]
    [InlineData("Engine.Tests.Serialization.Unmarked")]
    [InlineData("list<System.IO.FileInfo>")]
    [InlineData("list")]
    [InlineData("list<int")]
    [InlineData("list<int,int>")]
    [InlineData("int]")]
    [InlineData("nullable<string>")]
    [InlineData("dictionary<int>")]
    [InlineData("int[][][][][][][][][][][][][][][][][][][][]")]
    [InlineData("")]
    public void Deserialize_OfATypeNameThatIsNotKnown_IsRefused(string name)
    {
        var refused = Assert.Throws<IllegalTypeException>(() => Bytes.Deserialize<object>(ObjectOf(name)));

        Assert.Equal(name, refused.TypeName);
    }

    [Fact]
    public void Deserialize_OfAKnownTypeThatIsNotTheFields_IsRefused() =>
        Assert.Throws<SerializerException>(() => Bytes.Deserialize<Shape>(ObjectOf("Engine.Tests.Serialization.Node")));

    [Fact]
    public void Deserialize_OfAnAbstractType_IsRefused() =>
        Assert.ThrowsAny<SerializerException>(() => Bytes.Deserialize<object>(ObjectOf("Engine.Tests.Serialization.Shape")));

    [Fact]
    public void Deserialize_ByTheFullNameOfATypeWithAnAlias_IsUnderstood() =>
        Assert.IsType<Box<int>>(Bytes.Deserialize<object>(ObjectOf("Engine.Tests.Serialization.Box`1<int>")));

    [Fact]
    public void Deserialize_ByASecondAlias_IsUnderstood() => Assert.IsType<Custom>(Bytes.Deserialize<object>(ObjectOf("tests.Custom.old")));

    [Fact]
    public void Serialize_OfATypeWithAnAlias_WritesTheAlias() =>
        Assert.Contains("tests.Circle", Encoding.UTF8.GetString(Bytes.SerializeToArray<Shape>(new Shape.Circle("c", 1))), StringComparison.Ordinal);

    [Fact]
    public void Serialize_OfAnAddressableThatIsNoReference_IsRefused() =>
        Assert.Throws<SerializerException>(() => Bytes.SerializeToArray<IEmptyGrain>(new NoReference()));

    /// <summary>An empty object with a type of that name.</summary>
    private static byte[] ObjectOf(string name)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        return [4, 1 << 1, (byte)bytes.Length, .. bytes, 7];
    }
}

public interface IEmptyGrain : IGrainWithStringKey;

public sealed class NoReference : IEmptyGrain;
