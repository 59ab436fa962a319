using System.Buffers;
using Engine.CodeGeneration;
using Engine.Tests.Serialization;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Engine.Tests.Generator;

[Alias("tests.ICallee")]
public interface ICallee : IGrainWithStringKey
{
    Task<Node> Echo(Node node, string text, Node again, CancellationToken cancellationToken = default);

    [Alias("add"), ReadOnly, ResponseTimeout("00:00:05")]
    ValueTask<int> Add(int left, Color right);

    [AlwaysInterleave]
    ValueTask Throw();

    Task Share([Immutable] List<int> list);

    [return: Immutable]
    Task<List<int>> Shared();
}

public interface IDerivedCallee : ICallee, ICalleeExtension
{
    Task Own();
}

public interface ICalleeExtension : IGrainExtension
{
    Task Extend();
}

public sealed class CallTests
{
    private static readonly CodecProvider s_codecs = SerializerFixture.Codecs;

    [Fact]
    public void Manifest_OfThisAssembly_HasItsInterfacesWithTheirMethods()
    {
        var callee = TypeManifests.Load().Interfaces[typeof(ICallee)];
        var derived = TypeManifests.Load().Interfaces[typeof(IDerivedCallee)];

        Assert.Equal("tests.ICallee", callee.Name);
        Assert.Equal(["Echo", "Add", "Throw", "Share", "Shared"], callee.Methods.Select(m => m.Name));
        Assert.Equal(["Own", "Echo", "Add", "Throw", "Share", "Shared", "Extend"], derived.Methods.Select(m => m.Name));
        Assert.Same(callee.Methods[0], derived.Methods.Single(m => m.Name == "Echo"));
        Assert.Null(callee.CreateCall(1));
        Assert.Same(callee, TypeManifests.Load().InterfacesByName["tests.ICallee"]);
    }

    [Fact]
    public void Method_DescribesWhatTheInterfaceSays()
    {
        var add = Method("Add");
        var echo = Method("Echo");

        Assert.Equal(("tests.ICallee", "ICallee/Add", TimeSpan.FromSeconds(5)), (add.InterfaceName, add.ActivityName, add.ResponseTimeout));
        Assert.True(add.IsReadOnly && !add.IsAlwaysInterleave && !add.IsExtension && !add.IsCancellable);
        Assert.True(echo.IsCancellable && echo.ResponseTimeout is null);
        Assert.True(Method("Throw").IsAlwaysInterleave);
        Assert.True(TypeManifests.Load().Interfaces[typeof(ICalleeExtension)].Methods.Single().IsExtension);
        Assert.Equal(typeof(ICallee).GetMethod("Echo"), echo.Info);
    }

    [Fact]
    public void CopyArguments_CopiesThemTogetherAndSharesWhatIsImmutable()
    {
        var node = new Node { Name = "n" };
        var call = Create("Echo", node, "text", node);
        call.CopyArguments(s_codecs);

        Assert.NotSame(node, call.GetArgument(0));
        Assert.Same(call.GetArgument(0), call.GetArgument(2));
        Assert.Same("text", call.GetArgument(1));

        var list = new List<int>();
        var share = Create("Share", list);
        share.CopyArguments(s_codecs);

        Assert.Same(list, share.GetArgument(0));
    }

    [Fact]
    public void WriteArguments_IsReadByAnotherCallOfTheMethod()
    {
        var node = new Node { Name = "n" };
        var original = Create("Echo", node, "text", node);
        using var token = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        original.CancellationToken = token.Token;
        var read = original.CreateEmpty();

        Transfer(original.WriteArguments, read.ReadArguments);

        Assert.Equal("n", ((Node)read.GetArgument(0)!).Name);
        Assert.Same(read.GetArgument(0), read.GetArgument(2));
        Assert.Equal("text", read.GetArgument(1));
        Assert.False(read.CancellationToken.CanBeCanceled);
        Assert.Same(original.Method, read.Method);
    }

    [Fact]
    public async Task InvokeMethod_PassesArgumentsAndToken()
    {
        var target = new Callee();
        var echo = (GrainCall<Node>)Create("Echo", new Node(), "text", new Node { Name = "again" });
        using var token = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        echo.CancellationToken = token.Token;

        var result = await echo.InvokeMethod(target);

        Assert.Equal("again", result.Name);
        Assert.Equal(token.Token, target.Token);
        Assert.Equal(8, await ((GrainCall<int>)Create("Add", 1, Color.Red)).InvokeMethod(target));
        await Assert.ThrowsAsync<TimeoutException>(async () => await ((GrainCall<Nothing>)Create("Throw")).InvokeMethod(target));
        Assert.Equal(default, await ((GrainCall<Nothing>)Create("Share", new List<int>())).InvokeMethod(target));
    }

    [Fact]
    public void Result_IsCopiedWrittenAndRead()
    {
        var node = new Node { Name = "n" };
        var echo = (GrainCall<Node>)Create("Echo", null, null, null);
        Node? read = null;
        Transfer((ref w) => echo.WriteResult(ref w, node), (ref r) => read = echo.ReadResult(ref r));

        Assert.NotSame(node, echo.CopyResult(node, s_codecs));
        Assert.Equal("n", read!.Name);
        var list = new List<int>();
        Assert.Same(list, ((GrainCall<List<int>>)Create("Shared")).CopyResult(list, s_codecs));
        var share = (GrainCall<Nothing>)Create("Share", [null]);
        Transfer((ref w) => share.WriteResult(ref w, default), (ref r) => share.ReadResult(ref r));
    }

    [Fact]
    public void Reset_ForgetsTheArguments()
    {
        var call = Create("Echo", new Node(), "text", new Node());
        call.Reset();

        Assert.Null(call.GetArgument(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => call.GetArgument(3));
        Assert.Throws<ArgumentOutOfRangeException>(() => call.SetArgument(3, null));
    }

    private delegate void Write(ref Writer writer);

    private delegate void Read(ref Reader reader);

    private static void Transfer(Write write, Read read)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var session = s_codecs.Sessions.GetSession())
        {
            var writer = new Writer(output, session);
            write(ref writer);
            writer.Commit();
        }

        using (var session = s_codecs.Sessions.GetSession())
        {
            var reader = new Reader(output.WrittenSpan, session);
            read(ref reader);
            Assert.Equal(0, reader.Remaining);
        }
    }

    private static GrainMethod Method(string name) => TypeManifests.Load().Interfaces[typeof(ICallee)].Methods.Single(m => m.Name == name);

    private static GrainCall Create(string method, params object?[] arguments)
    {
        var call = TypeManifests.Load().Interfaces[typeof(ICallee)].CreateCall(Method(method).Id)!;
        Assert.Equal(arguments.Length, call.ArgumentCount);
        for (var i = 0; i < arguments.Length; i++)
            call.SetArgument(i, arguments[i]);

        return call;
    }

    private sealed class Callee : ICallee
    {
        public CancellationToken Token { get; private set; }

        public Task<Node> Echo(Node node, string text, Node again, CancellationToken cancellationToken = default)
        {
            Token = cancellationToken;
            return Task.FromResult(again);
        }

        public ValueTask<int> Add(int left, Color right) => new(left + (int)right);

        public async ValueTask Throw()
        {
            await Task.Yield();
            throw new TimeoutException();
        }

        public Task Share(List<int> list) => Task.CompletedTask;

        public Task<List<int>> Shared() => Task.FromResult(new List<int>());
    }
}
