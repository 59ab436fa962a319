using System.Collections.Concurrent;
using Engine.CodeGeneration;
using Orleans.Runtime;

namespace Orleans;

/// <summary>Makes references of one host.</summary>
internal sealed class GrainFactory(TypeManifestBuilder manifest, GrainTypeResolver classes, CallDispatcher dispatcher) : IGrainFactory
{
    private readonly ConcurrentDictionary<Type, Interface> _interfaces = new();

    public TGrainInterface GetGrain<TGrainInterface>(Guid primaryKey, string? grainClassNamePrefix = null) where TGrainInterface : IGrainWithGuidKey =>
        (TGrainInterface)(IAddressable)Make(typeof(TGrainInterface), GrainIdKeyExtensions.CreateGuidKey(primaryKey), grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string? grainClassNamePrefix = null) where TGrainInterface : IGrainWithIntegerKey =>
        (TGrainInterface)(IAddressable)Make(typeof(TGrainInterface), GrainIdKeyExtensions.CreateIntegerKey(primaryKey), grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null) where TGrainInterface : IGrainWithStringKey =>
        (TGrainInterface)(IAddressable)Make(typeof(TGrainInterface), StringKey(primaryKey), grainClassNamePrefix);

    public IGrain GetGrain(Type grainInterfaceType, Guid grainPrimaryKey) =>
        (IGrain)(IAddressable)Make(grainInterfaceType, GrainIdKeyExtensions.CreateGuidKey(grainPrimaryKey), null);

    public IGrain GetGrain(Type grainInterfaceType, long grainPrimaryKey) =>
        (IGrain)(IAddressable)Make(grainInterfaceType, GrainIdKeyExtensions.CreateIntegerKey(grainPrimaryKey), null);

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey) => (IGrain)(IAddressable)Make(grainInterfaceType, StringKey(grainPrimaryKey), null);

    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId) where TGrainInterface : IAddressable =>
        (TGrainInterface)(IAddressable)Reference(typeof(TGrainInterface), grainId);

    public IAddressable GetGrain(GrainId grainId, GrainInterfaceType interfaceType) =>
        manifest.InterfacesByName.TryGetValue(interfaceType.ToString(), out var registration)
            ? Reference(registration.Interface, grainId)
            : throw new ArgumentException($"There is no grain interface '{interfaceType}'.", nameof(interfaceType));

    public GrainReference Reference(Type grainInterface, GrainId grainId)
    {
        ArgumentNullException.ThrowIfNull(grainInterface);
        var found = Find(grainInterface);
        return found.Create(new GrainProxyContext(found.Shared, grainId));
    }

    private static IdSpan StringKey(string key)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        return IdSpan.Create(key);
    }

    private GrainProxy Make(Type grainInterface, IdSpan key, string? prefix)
    {
        ArgumentNullException.ThrowIfNull(grainInterface);
        var found = Find(grainInterface);
        var type = prefix is null ? found.DefaultType ??= classes.Resolve(grainInterface) : classes.Resolve(grainInterface, prefix);
        return found.Create(new GrainProxyContext(found.Shared, GrainId.Create(type, key)));
    }

    private Interface Find(Type grainInterface) =>
        _interfaces.TryGetValue(grainInterface, out var found) ? found : _interfaces.GetOrAdd(grainInterface, Register);

    private Interface Register(Type grainInterface)
    {
        if (!manifest.Interfaces.TryGetValue(grainInterface, out var registration))
        {
            throw new ArgumentException($"{grainInterface} is not a grain interface, or the code generator did not run for its assembly.", nameof(grainInterface));
        }

        return new(registration.Create, new GrainReferenceShared(GrainInterfaceType.Create(registration.Name), registration.Name, dispatcher, this));
    }

    private sealed class Interface(Func<GrainProxyContext, GrainProxy> create, GrainReferenceShared shared)
    {
        private volatile object? _defaultType;

        public Func<GrainProxyContext, GrainProxy> Create { get; } = create;

        public GrainReferenceShared Shared { get; } = shared;

        /// <summary>The grain type of references by key.</summary>
        public GrainType? DefaultType
        {
            get => (GrainType?)_defaultType;
            set => _defaultType = value;
        }
    }
}
