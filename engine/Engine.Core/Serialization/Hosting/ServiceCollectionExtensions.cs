using Engine.CodeGeneration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Session;

namespace Orleans.Serialization;

/// <summary>Configures serialization.</summary>
public interface ISerializerBuilder
{
    IServiceCollection Services { get; }
}

public static class ServiceCollectionExtensions
{
    /// <summary>Adds <see cref="Serializer"/>, <see cref="DeepCopier"/> and what they need.</summary>
    public static IServiceCollection AddSerializer(this IServiceCollection services, Action<ISerializerBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        configure?.Invoke(new SerializerBuilder(services));
        services.TryAddSingleton(TypeManifests.Load());
        services.TryAddSingleton(sp => new CodecProvider(sp, sp.GetRequiredService<TypeManifestBuilder>()));
        services.TryAddSingleton(sp => sp.GetRequiredService<CodecProvider>().Sessions);
        services.TryAddSingleton(sp => sp.GetRequiredService<CodecProvider>().CopyContexts);
        services.TryAddSingleton(sp => new Serializer(sp.GetRequiredService<SerializerSessionPool>()));
        services.TryAddSingleton(sp => new DeepCopier(sp.GetRequiredService<CodecProvider>()));
        services.TryAddSingleton(typeof(Serializer<>));
        services.TryAddSingleton(typeof(DeepCopier<>));
        services.TryAddSingleton(typeof(IDeepCopier<>), typeof(HostCopier<>));
        return services;
    }

    private sealed record SerializerBuilder(IServiceCollection Services) : ISerializerBuilder;
}
