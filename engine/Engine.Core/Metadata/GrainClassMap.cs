using Engine.CodeGeneration;

namespace Orleans.Runtime;

/// <summary>The grain classes of this process.</summary>
internal sealed class GrainClassMap : GrainTypeResolver
{
    private readonly Dictionary<GrainType, Type> _classes = [];
    private readonly Dictionary<Type, List<GrainClassName>> _implementations = [];

    public GrainClassMap(TypeManifestBuilder manifest, IServiceProvider services)
    {
        foreach (var grainClass in manifest.GrainClasses)
        {
            Add(grainClass, GrainTypeNames.Of(grainClass, services));
        }
    }

    public IReadOnlyDictionary<GrainType, Type> Classes => _classes;

    public Type? ClassOf(GrainType type) => _classes.GetValueOrDefault(type);

    protected override List<GrainClassName>? ClassesOf(Type grainInterface) => _implementations.GetValueOrDefault(grainInterface);

    private void Add(Type grainClass, GrainType type)
    {
        if (!_classes.TryAdd(type, grainClass))
        {
            throw new OrleansConfigurationException($"The grain classes {_classes[type]} and {grainClass} have the same grain type '{type}'. Name one of them with [GrainType].");
        }

        foreach (var implemented in grainClass.GetInterfaces())
        {
            if (typeof(IAddressable).IsAssignableFrom(implemented))
            {
                if (!_implementations.TryGetValue(implemented, out var classes))
                {
                    _implementations[implemented] = classes = [];
                }

                classes.Add(new(type, grainClass.FullName!, grainClass.Name));
            }
        }
    }
}
