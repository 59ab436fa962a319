using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;
using Orleans.Configuration;

namespace Orleans.Runtime;

/// <summary>What the activations of one grain class share.</summary>
internal sealed class GrainClass
{
    private readonly ObjectFactory _factory;
    private readonly StateParameters? _states;

    public GrainClass(GrainType grainType, Type type, Catalog catalog, GrainCollectionOptions collection)
    {
        GrainType = grainType;
        Type = type;
        Catalog = catalog;
        IsReentrant = type.IsDefined(typeof(ReentrantAttribute), inherit: true);
        CollectionAge = AgeOf(type, collection);
        CollectionAgeInTimestamp = catalog.Clock.ToTimestamp(CollectionAge);
        Filters = IncomingFilters.Of(type, catalog.Filters);
        _states = StateParameters.Of(type);
        _factory = ActivatorUtilities.CreateFactory(type, _states?.Types ?? []);
        TakesServices = type.GetConstructors().Any(constructor => constructor.GetParameters().Length > 0);
    }

    public GrainType GrainType { get; }

    public Type Type { get; }

    public Catalog Catalog { get; }

    public bool IsReentrant { get; }

    /// <summary>What calls go through before they reach the grain; null if there are no filters.</summary>
    public IncomingFilters? Filters { get; }

    /// <summary>How long an activation may be idle; infinite for ever.</summary>
    public TimeSpan CollectionAge { get; }

    public long CollectionAgeInTimestamp { get; }

    /// <summary>Whether a constructor asks for services, so that an activation needs a scope at once.</summary>
    public bool TakesServices { get; }

    public object CreateInstance(IServiceProvider services, IGrainContext context) => _factory(services, _states?.Create(context, services) ?? []);

    private static TimeSpan AgeOf(Type type, GrainCollectionOptions options)
    {
        if (type.IsDefined(typeof(KeepAliveAttribute), inherit: true))
        {
            return Timeout.InfiniteTimeSpan;
        }

        if (options.ClassSpecificCollectionAge.TryGetValue(type.FullName!, out var configured))
        {
            return configured;
        }

        return type.GetCustomAttribute<CollectionAgeLimitAttribute>(inherit: true)?.AgeLimit ?? options.CollectionAge;
    }
}
