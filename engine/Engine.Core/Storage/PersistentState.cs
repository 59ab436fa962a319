using Orleans.Core;

namespace Orleans
{
    /// <summary>Marks attributes that say how a constructor parameter of a grain is made.</summary>
    public interface IFacetMetadata;
}

namespace Orleans.Runtime
{
    /// <summary>A state of one grain. It is read before the grain activates.</summary>
    public interface IPersistentState<TState> : IStorage<TState>;

    /// <summary>Names a state and where it is stored.</summary>
    public interface IPersistentStateConfiguration
    {
        string StateName { get; }

        /// <summary>Null for the default storage.</summary>
        string? StorageName { get; }
    }

    /// <summary>Injects an <see cref="IPersistentState{TState}"/> into the constructor of a grain.</summary>
    [AttributeUsage(AttributeTargets.Parameter)]
    public class PersistentStateAttribute(string stateName, string? storageName = null) : Attribute, IFacetMetadata, IPersistentStateConfiguration
    {
        public string StateName { get; } = stateName;

        public string? StorageName { get; } = storageName;
    }
}
