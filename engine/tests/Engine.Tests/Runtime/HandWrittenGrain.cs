using Engine.CodeGeneration;
using Orleans;

namespace Engine.Tests.Runtime;

/// <summary>
/// A grain interface whose proxy and calls are written by hand, so that these tests need no generator. What a call does
/// is decided by the test: every method runs the behaviour that the test set for its grain.
/// </summary>
public interface IProbe : IGrainWithStringKey
{
    Task<int> Call(int argument);

    ValueTask<int> CallValue(int argument);

    Task<int> Read(int argument);

    Task<int> Interleave(int argument);

    Task<int> Cancellable(int argument, CancellationToken cancellationToken);

    Task<int> Short(int argument);
}

internal enum ProbeMethod
{
    Call,
    CallValue,
    Read,
    Interleave,
    Cancellable,
    Short,
}

internal sealed class ProbeProxy(GrainProxyContext context) : GrainProxy(context), IProbe
{
    public Task<int> Call(int argument) => SendTask(ProbeCall.Rent(ProbeMethod.Call, argument));

    public ValueTask<int> CallValue(int argument) => Send(ProbeCall.Rent(ProbeMethod.CallValue, argument));

    public Task<int> Read(int argument) => SendTask(ProbeCall.Rent(ProbeMethod.Read, argument));

    public Task<int> Interleave(int argument) => SendTask(ProbeCall.Rent(ProbeMethod.Interleave, argument));

    public Task<int> Cancellable(int argument, CancellationToken cancellationToken)
    {
        var call = ProbeCall.Rent(ProbeMethod.Cancellable, argument);
        call.CancellationToken = cancellationToken;
        return SendTask(call);
    }

    public Task<int> Short(int argument) => SendTask(ProbeCall.Rent(ProbeMethod.Short, argument));
}

internal sealed class ProbeCall : GrainCall<int>
{
    public static readonly TimeSpan ShortTimeout = TimeSpan.FromSeconds(2);

    private static readonly GrainMethod[] Methods =
    [
        Describe(ProbeMethod.Call, GrainMethodOptions.None),
        Describe(ProbeMethod.CallValue, GrainMethodOptions.None),
        Describe(ProbeMethod.Read, GrainMethodOptions.ReadOnly),
        Describe(ProbeMethod.Interleave, GrainMethodOptions.AlwaysInterleave),
        Describe(ProbeMethod.Cancellable, GrainMethodOptions.Cancellable),
        Describe(ProbeMethod.Short, GrainMethodOptions.None, ShortTimeout),
    ];

    private ProbeMethod _method;
    private int _argument;

    public override GrainMethod Method => Methods[(int)_method];

    public override int ArgumentCount => 1;

    public override CancellationToken CancellationToken { get; set; }

    public static ProbeCall Rent(ProbeMethod method, int argument)
    {
        var call = GrainCallPool<ProbeCall>.Rent();
        call._method = method;
        call._argument = argument;
        return call;
    }

    public static void Register(TypeManifestBuilder manifest) =>
        manifest.AddInterface(typeof(IProbe), typeof(IProbe).FullName!, context => new ProbeProxy(context), Methods, id => Rent((ProbeMethod)id, 0));

    public override object? GetArgument(int index) => _argument;

    public override void SetArgument(int index, object? value) => _argument = (int)value!;

    public override void CopyArguments(CodecProvider codecs)
    {
    }

    public override void WriteArguments(ref Writer writer) => throw new NotSupportedException("Probes stay in their silo.");

    public override void ReadArguments(ref Reader reader) => throw new NotSupportedException("Probes stay in their silo.");

    public override GrainCall CreateEmpty() => Rent(_method, 0);

    public override void Reset()
    {
        _argument = 0;
        CancellationToken = default;
        GrainCallPool<ProbeCall>.Return(this);
    }

    public override ValueTask<int> InvokeMethod(object target)
    {
        var probe = (IProbe)target;
        return _method switch
        {
            ProbeMethod.Call => new(probe.Call(_argument)),
            ProbeMethod.CallValue => probe.CallValue(_argument),
            ProbeMethod.Read => new(probe.Read(_argument)),
            ProbeMethod.Interleave => new(probe.Interleave(_argument)),
            ProbeMethod.Cancellable => new(probe.Cancellable(_argument, CancellationToken)),
            _ => new(probe.Short(_argument)),
        };
    }

    public override int CopyResult(int result, CodecProvider codecs) => result;

    public override void WriteResult(ref Writer writer, int result) => throw new NotSupportedException("Probes stay in their silo.");

    public override int ReadResult(ref Reader reader) => throw new NotSupportedException("Probes stay in their silo.");

    private static GrainMethod Describe(ProbeMethod method, GrainMethodOptions options, TimeSpan? timeout = null) =>
        new(typeof(IProbe), typeof(IProbe).FullName!, method.ToString(), (uint)method, options, timeout, () => typeof(IProbe).GetMethod(method.ToString())!);
}
