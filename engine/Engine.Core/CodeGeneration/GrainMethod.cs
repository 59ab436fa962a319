using System.Reflection;
using System.Text;

namespace Engine.CodeGeneration;

/// <summary>What is known of one method of a grain interface before any call of it; one static instance a method.</summary>
public sealed class GrainMethod
{
    private readonly Lazy<MethodInfo> _info;

    /// <param name="interfaceType">The interface that declares the method.</param>
    /// <param name="interfaceName">Its name on the wire: the alias, or the full name.</param>
    /// <param name="name">The method's name.</param>
    /// <param name="id">The method's number on the wire, derived from its alias or signature; unique in the interface.</param>
    /// <param name="options">How the call may interleave.</param>
    /// <param name="responseTimeout">From [ResponseTimeout]; null takes the host's.</param>
    /// <param name="info">Finds the reflection object, for filters.</param>
    public GrainMethod(Type interfaceType, string interfaceName, string name, uint id, GrainMethodOptions options, TimeSpan? responseTimeout, Func<MethodInfo> info)
    {
        InterfaceType = interfaceType;
        InterfaceName = interfaceName;
        Name = name;
        Id = id;
        Options = options;
        ResponseTimeout = responseTimeout;
        ActivityName = interfaceType.Name + "/" + name;
        WireName = Encoding.UTF8.GetBytes(interfaceName);
        _info = new(info);
    }

    public Type InterfaceType { get; }
    public string InterfaceName { get; }
    public string Name { get; }
    public uint Id { get; }
    public GrainMethodOptions Options { get; }
    public TimeSpan? ResponseTimeout { get; }
    public string ActivityName { get; }

    /// <summary>The interface's name in UTF-8.</summary>
    internal byte[] WireName { get; }

    public MethodInfo Info => _info.Value;

    public bool IsReadOnly => (Options & GrainMethodOptions.ReadOnly) != 0;
    public bool IsAlwaysInterleave => (Options & GrainMethodOptions.AlwaysInterleave) != 0;
    public bool IsExtension => (Options & GrainMethodOptions.Extension) != 0;
    public bool IsCancellable => (Options & GrainMethodOptions.Cancellable) != 0;
}

/// <summary>Flags of a grain method.</summary>
[Flags]
public enum GrainMethodOptions
{
    None = 0,
    ReadOnly = 1,
    AlwaysInterleave = 2,

    /// <summary>Declared on an IGrainExtension: handled by the activation's extension, not by the grain.</summary>
    Extension = 4,

    /// <summary>Takes a CancellationToken.</summary>
    Cancellable = 8,
}
