using System.Text;
using Orleans.Runtime;
using Orleans.Serialization;
using static Engine.Tests.Serialization.SerializerFixture;

namespace Engine.Tests.Serialization;

public sealed class ExceptionTests
{
    [Fact]
    public void RoundTrip_OfAThrownException_KeepsTypeMessageStackDataAndInner()
    {
        var original = Thrown(new InvalidOperationException("outer", new ArgumentException("inner", "name")) { HResult = 5, Source = "here", HelpLink = "help" });
        original.Data["key"] = 5;
        original.Data["unwritable"] = new Unmarked();

        var read = Assert.IsType<InvalidOperationException>(RoundTrip(original));

        Assert.Equal(("outer", 5, "here", "help"), (read.Message, read.HResult, read.Source, read.HelpLink));
        Assert.Contains(nameof(Thrown), read.StackTrace, StringComparison.Ordinal);
        Assert.Equal(5, read.Data["key"]);
        Assert.False(read.Data.Contains("unwritable"));
        var inner = Assert.IsType<ArgumentException>(read.InnerException);
        Assert.Equal("name", inner.ParamName);
        Assert.Equal("inner (Parameter 'name')", inner.Message);
    }

    [Fact]
    public void RoundTrip_OfAReadException_ThrownAgain_ShowsBothStacks()
    {
        var read = RoundTrip(Thrown(new InvalidOperationException("x")));

        Assert.Contains(nameof(Thrown), Assert.Throws<InvalidOperationException>(() => Rethrow(read)).ToString(), StringComparison.Ordinal);

        static void Rethrow(Exception e) => throw e;
    }

    [Fact]
    public void RoundTrip_OfAggregate_KeepsAllInnerExceptions()
    {
        var read = Assert.IsType<AggregateException>(RoundTrip<Exception>(new AggregateException(new TimeoutException("1"), new PlainException("2"))));

        Assert.Collection(
            read.InnerExceptions,
            e => Assert.Equal("1", Assert.IsType<TimeoutException>(e).Message),
            e => Assert.Equal("2", Assert.IsType<PlainException>(e).Message));
    }

    [Fact]
    public void RoundTrip_OfFrameworkExceptions_KeepsTheirType()
    {
        foreach (var original in new Exception[]
        {
            new TimeoutException(), new TaskCanceledException("t"), new OperationCanceledException("o"), new ObjectDisposedException("name"),
            new KeyNotFoundException(), new System.Text.Json.JsonException("j"), new IOException("io"), new NotSupportedException(),
            new OrleansException("orleans"), new SiloUnavailableException("silo"), new Orleans.Storage.InconsistentStateException("state"),
        })
        {
            var read = RoundTrip(original);

            Assert.Equal(original.GetType(), read.GetType());
            Assert.Equal(original.Message, read.Message);
        }
    }

    [Fact]
    public void RoundTrip_OfAGeneratedException_KeepsItsMembers()
    {
        var read = Assert.IsType<TroubleException>(RoundTrip(Thrown(new TroubleException("trouble", 7))));

        Assert.Equal(("trouble", 7), (read.Message, read.Code));
        Assert.Contains(nameof(Thrown), read.StackTrace, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Elsewhere.StrangeException,Elsewhere")]
    [InlineData("System.Diagnostics.Process,System.Diagnostics.Process")]
    [InlineData("System.IO.FileInfo,System.Private.CoreLib")]
    [InlineData("System.Collections.Generic.List`1[[Elsewhere.StrangeException, Elsewhere]],System.Private.CoreLib")]
    [InlineData("alias.of.strange")]
    public void Deserialize_OfAnExceptionThatIsNotKnown_GivesTheFallback(string name)
    {
        var known = Encoding.UTF8.GetBytes($"!{typeof(PlainException).FullName},Engine.Tests");
        var bytes = Bytes.SerializeToArray<Exception>(new PlainException("kept"));
        var at = bytes.AsSpan().IndexOf(known);
        var unknown = Encoding.UTF8.GetBytes("!" + name);
        byte[] changed = [.. bytes[..(at - 1)], (byte)unknown.Length, .. unknown, .. bytes[(at + known.Length)..]];

        var read = Assert.IsType<UnavailableExceptionFallbackException>(Bytes.Deserialize<Exception>(changed));

        Assert.Equal("kept", read.Message);
        Assert.Equal(typeof(PlainException).FullName, read.ExceptionType);
        Assert.Equal(read.ExceptionType, Assert.IsType<UnavailableExceptionFallbackException>(RoundTrip<Exception>(read)).ExceptionType);
    }

    private static Exception Thrown(Exception exception)
    {
        try
        {
            throw exception;
        }
        catch (Exception e)
        {
            return e;
        }
    }
}
