namespace Orleans.Runtime;

/// <summary>What all references of one interface in one host share.</summary>
internal sealed class GrainReferenceShared(GrainInterfaceType interfaceType, string interfaceName, CallDispatcher dispatcher, IGrainFactory factory)
{
    public GrainInterfaceType InterfaceType { get; } = interfaceType;

    public string InterfaceName { get; } = interfaceName;

    public CallDispatcher Dispatcher { get; } = dispatcher;

    public IGrainFactory Factory { get; } = factory;
}
