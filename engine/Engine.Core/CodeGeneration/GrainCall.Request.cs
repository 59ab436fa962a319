using System.Reflection;
using Orleans.Serialization.Invocation;

namespace Engine.CodeGeneration;

/// <content>What filters see of a call.</content>
public abstract partial class GrainCall : IInvokable
{
    bool IInvokable.IsCancellable => Method.IsCancellable;

    object? IInvokable.GetTarget() => Receiver?.TargetOf(this);

    int IInvokable.GetArgumentCount() => ArgumentCount;

    string IInvokable.GetMethodName() => Method.Name;

    string IInvokable.GetInterfaceName() => Method.InterfaceName;

    string IInvokable.GetActivityName() => Method.ActivityName;

    MethodInfo IInvokable.GetMethod() => Method.Info;

    Type IInvokable.GetInterfaceType() => Method.InterfaceType;

    TimeSpan? IInvokable.GetDefaultResponseTimeout() => Method.ResponseTimeout;

    CancellationToken IInvokable.GetCancellationToken() => CancellationToken;
}
