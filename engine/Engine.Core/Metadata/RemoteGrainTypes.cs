using Engine.CodeGeneration;

namespace Orleans.Runtime;

/// <summary>The grain classes that a client has been told of by its cluster.</summary>
internal sealed class RemoteGrainTypes(TypeManifestBuilder manifest) : GrainTypeResolver
{
    private volatile Dictionary<string, List<GrainClassName>>? _classes;

    public bool IsKnown => _classes is not null;

    public void Set(Dictionary<string, List<GrainClassName>> classes)
    {
        _classes = classes;
        Forget();
    }

    protected override List<GrainClassName>? ClassesOf(Type grainInterface)
    {
        var classes = _classes ?? throw new ArgumentException($"No grain class is known that implements {grainInterface}: the client has not connected to its cluster yet, which tells it.", nameof(grainInterface));
        return manifest.Interfaces.TryGetValue(grainInterface, out var registration) ? classes.GetValueOrDefault(registration.Name) : null;
    }
}
