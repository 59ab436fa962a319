using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>A client with services of its own; its calls go to the silo in this process.</summary>
internal sealed class TestClient : IClusterClient, IAsyncDisposable
{
    private readonly IGrainFactory _grains;
    private readonly ServiceProvider _services;

    public TestClient(ServiceCollection services, IGrainFactory grains)
    {
        _grains = grains;
        services.AddSingleton<IClusterClient>(this);
        services.AddSingleton<IGrainFactory>(this);
        _services = services.BuildServiceProvider();
    }

    public IServiceProvider ServiceProvider => _services;

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    public T GetGrain<T>(Guid primaryKey, string? grainClassNamePrefix = null) where T : IGrainWithGuidKey => _grains.GetGrain<T>(primaryKey, grainClassNamePrefix);
    public T GetGrain<T>(long primaryKey, string? grainClassNamePrefix = null) where T : IGrainWithIntegerKey => _grains.GetGrain<T>(primaryKey, grainClassNamePrefix);
    public T GetGrain<T>(string primaryKey, string? grainClassNamePrefix = null) where T : IGrainWithStringKey => _grains.GetGrain<T>(primaryKey, grainClassNamePrefix);
    public IGrain GetGrain(Type grainInterfaceType, Guid grainPrimaryKey) => _grains.GetGrain(grainInterfaceType, grainPrimaryKey);
    public IGrain GetGrain(Type grainInterfaceType, long grainPrimaryKey) => _grains.GetGrain(grainInterfaceType, grainPrimaryKey);
    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey) => _grains.GetGrain(grainInterfaceType, grainPrimaryKey);
    public T GetGrain<T>(GrainId grainId) where T : IAddressable => _grains.GetGrain<T>(grainId);
    public IAddressable GetGrain(GrainId grainId, GrainInterfaceType interfaceType) => _grains.GetGrain(grainId, interfaceType);
}
