using Orleans.Metadata;
using Orleans.Runtime;

namespace Orleans
{
    /// <summary>Sets the grain type of a class, so that renaming the class changes no grain ids.</summary>
    [AttributeUsage(AttributeTargets.Class, Inherited = false)]
    public sealed class GrainTypeAttribute(string grainType) : Attribute, IGrainTypeProviderAttribute
    {
        private readonly GrainType _grainType = GrainType.Create(grainType);

        public GrainType GetGrainType(IServiceProvider services, Type type) => _grainType;
    }
}

namespace Orleans.Metadata
{
    /// <summary>An attribute that names the grain type of the class it is on.</summary>
    public interface IGrainTypeProviderAttribute
    {
        GrainType GetGrainType(IServiceProvider services, Type type);
    }

    /// <summary>Names the grain type that implements an interface where several classes do.</summary>
    [AttributeUsage(AttributeTargets.Interface, Inherited = false)]
    public sealed class DefaultGrainTypeAttribute(string grainType) : Attribute
    {
        internal GrainType GrainType { get; } = GrainType.Create(grainType);
    }
}
