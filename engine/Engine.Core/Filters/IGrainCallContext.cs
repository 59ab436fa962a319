using System.Reflection;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace Orleans;

/// <summary>A call on its way through the filters.</summary>
public interface IGrainCallContext
{
    /// <summary>The method and its arguments, which a filter may replace.</summary>
    IInvokable Request { get; }

    /// <summary>Incoming: the grain. Outgoing: the reference that is called.</summary>
    object Grain { get; }

    /// <summary>The calling grain; null for a client.</summary>
    GrainId? SourceId { get; }

    GrainId TargetId { get; }

    string InterfaceName { get; }

    string MethodName { get; }

    MethodInfo InterfaceMethod { get; }

    /// <summary>What the call results in; a filter may replace it. Reading it after a failure throws what the call threw.</summary>
    object? Result { get; set; }

    /// <summary>The result or the exception; null before the call has ended.</summary>
    Response? Response { get; set; }

    /// <summary>Goes on to the next filter, and from the last one to the method. It may be called again after it has failed.</summary>
    /// <exception cref="Exception">What the method or a later filter threw.</exception>
    Task Invoke();
}

/// <summary>A call that has come to its grain.</summary>
public interface IIncomingGrainCallContext : IGrainCallContext
{
    IGrainContext TargetContext { get; }

    /// <summary>The method of the grain class, or of the extension, that will run.</summary>
    MethodInfo ImplementationMethod { get; }
}

/// <summary>A call that is about to be sent.</summary>
public interface IOutgoingGrainCallContext : IGrainCallContext
{
    /// <summary>The calling activation; null for a client.</summary>
    IGrainContext? SourceContext { get; }
}

/// <summary>Sees each call before it comes to its grain. A grain that implements it filters its own calls, after all others.</summary>
public interface IIncomingGrainCallFilter
{
    Task Invoke(IIncomingGrainCallContext context);
}

/// <summary>Sees each call before it is sent.</summary>
public interface IOutgoingGrainCallFilter
{
    Task Invoke(IOutgoingGrainCallContext context);
}

/// <inheritdoc cref="IIncomingGrainCallFilter"/>
public delegate Task IncomingGrainCallFilterDelegate(IIncomingGrainCallContext context);

/// <inheritdoc cref="IOutgoingGrainCallFilter"/>
public delegate Task OutgoingGrainCallFilterDelegate(IOutgoingGrainCallContext context);
