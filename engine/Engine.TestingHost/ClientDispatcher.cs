using Engine.CodeGeneration;
using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>The test client's way into the silo: it has none of the filters that the silo's own callers go through.</summary>
internal sealed class ClientDispatcher(CallDispatcher silo) : CallDispatcher
{
    public override bool WaitForCancellationAcknowledgement => silo.WaitForCancellationAcknowledgement;

    public override bool CancelOnTimeout => silo.CancelOnTimeout;

    public override void Send(GrainReference target, GrainCall call) => silo.Send(target, call);

    public override void Cancel(GrainCall call) => silo.Cancel(call);

    public override void OnAbandoned(GrainCall call, Exception reason) => silo.OnAbandoned(call, reason);

    public override void OnAnswered(GrainCall call) => silo.OnAnswered(call);

    public override CodecProvider Codecs => silo.Codecs;

    public override int MaxMessageBody => silo.MaxMessageBody;
}
