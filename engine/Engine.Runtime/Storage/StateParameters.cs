using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Providers;
using Orleans.Storage;

namespace Orleans.Runtime;

/// <summary>The constructor parameters of a grain class that are persistent states.</summary>
internal sealed class StateParameters
{
    private static readonly MethodInfo s_make = typeof(StateParameters).GetMethod(nameof(Make), BindingFlags.NonPublic | BindingFlags.Static)!;
    private readonly Type _grainClass;
    private readonly (PersistentStateAttribute Attribute, Func<IGrainContext, string, IGrainStorage, object> Make)[] _states;

    private StateParameters(Type grainClass, ParameterInfo[] parameters)
    {
        _grainClass = grainClass;
        Types = Array.ConvertAll(parameters, parameter => parameter.ParameterType);
        _states = Array.ConvertAll(parameters, parameter => (AttributeOf(parameter)!, Maker(parameter)));
    }

    /// <summary>The parameters' types, in the constructor's order.</summary>
    public Type[] Types { get; }

    /// <summary>Those of the longest public constructor that has any; null if none has.</summary>
    public static StateParameters? Of(Type grainClass) =>
        grainClass.GetConstructors()
            .Select(constructor => constructor.GetParameters())
            .OrderByDescending(parameters => parameters.Length)
            .Select(parameters => Array.FindAll(parameters, parameter => AttributeOf(parameter) is not null))
            .FirstOrDefault(parameters => parameters.Length > 0) is { } found ? new(grainClass, found) : null;

    /// <exception cref="BadProviderConfigException">The silo doesn't have the storage that a state asks for.</exception>
    public object[] Create(IGrainContext context, IServiceProvider services) =>
        Array.ConvertAll(_states, state => state.Make(context, state.Attribute.StateName, StorageOf(state.Attribute, services)));

    private static PersistentStateAttribute? AttributeOf(ParameterInfo parameter) => parameter.GetCustomAttribute<PersistentStateAttribute>();

    private static Func<IGrainContext, string, IGrainStorage, object> Maker(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        return type.IsConstructedGenericType && type.GetGenericTypeDefinition() == typeof(IPersistentState<>)
            ? s_make.MakeGenericMethod(type.GenericTypeArguments).CreateDelegate<Func<IGrainContext, string, IGrainStorage, object>>()
            : throw new InvalidOperationException($"The parameter '{parameter.Name}' of {parameter.Member.DeclaringType} has [PersistentState], but it is no IPersistentState<T>.");
    }

    private static PersistentState<TState> Make<TState>(IGrainContext context, string name, IGrainStorage storage) => new(context, name, storage);

    private IGrainStorage StorageOf(PersistentStateAttribute attribute, IServiceProvider services)
    {
        var name = string.IsNullOrWhiteSpace(attribute.StorageName) ? ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME : attribute.StorageName;
        return services.GetKeyedService<IGrainStorage>(name)
            ?? throw new BadProviderConfigException($"The silo has no grain storage named '{name}', which {_grainClass} asks for.");
    }
}
