using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Providers;
using Orleans.Runtime;
using Orleans.Serialization;
using Orleans.Storage;

namespace Orleans.EventSourcing.CustomStorage;

/// <summary>Stands for the provider that was added under a name.</summary>
internal sealed class CustomStorageProvider
{
    internal const string DefaultName = "Default";
}

/// <summary>What all journals of a silo share.</summary>
internal sealed class JournalServices(IServiceProvider services, DeepCopier copier, TimeProvider time, ILoggerFactory loggers)
{
    private readonly ConcurrentDictionary<Type, bool> _checked = new();

    public DeepCopier Copier => copier;
    public TimeProvider Time => time;
    public ILogger Logger { get; } = loggers.CreateLogger(typeof(JournaledGrain<,>).FullName!.Split('`')[0]);

    /// <summary>The services of a grain whose provider exists.</summary>
    public static JournalServices For(Grain grain)
    {
        // An activation's own scope is made at the first need of it, and a journal has none.
        var services = grain.GrainContext is Activation activation ? activation.Class.Catalog.Services : grain.GrainContext.ActivationServices;
        var shared = services.GetService<JournalServices>()
            ?? throw new BadProviderConfigException($"{grain.GetType()} is a journaled grain, but the silo has no log-consistency provider.");
        shared._checked.GetOrAdd(grain.GetType(), static (type, self) => self.Check(type), shared);
        return shared;
    }

    private bool Check(Type grainClass)
    {
        var name = grainClass.GetCustomAttribute<LogConsistencyProviderAttribute>()?.ProviderName ?? CustomStorageProvider.DefaultName;
        if (services.GetKeyedService<CustomStorageProvider>(name) is null)
            throw new BadProviderConfigException($"The silo has no log-consistency provider named '{name}', which {grainClass} asks for.");
        return true;
    }
}
