namespace Orleans.Runtime;

/// <summary>What one silo says of its activations.</summary>
internal sealed class SiloInspection(Catalog catalog, GrainClassMap classes)
{
    public SiloAddress SiloAddress => catalog.SiloAddress;

    public int ActivationCount => catalog.Activations.Count(IsThere);

    public IEnumerable<SimpleGrainStatistic> CountByClass() =>
        from activation in catalog.Activations
        where IsThere(activation)
        group activation by activation.Class.Type into ofClass
        select new SimpleGrainStatistic { GrainType = NameOf(ofClass.Key), SiloAddress = catalog.SiloAddress, ActivationCount = ofClass.Count() };

    /// <param name="types">The names of the classes that are wanted; null for all.</param>
    public IEnumerable<DetailedGrainStatistic> List(string[]? types) =>
        from activation in catalog.Activations
        where IsThere(activation)
        let name = NameOf(activation.Class.Type)
        where types is null || types.Contains(name, StringComparer.Ordinal)
        select new DetailedGrainStatistic { GrainType = name, SiloAddress = catalog.SiloAddress, GrainId = activation.GrainId };

    public IEnumerable<GrainId> Active(GrainType type) =>
        classes.ClassOf(type) is null ? [] : catalog.Activations.Where(activation => activation.GrainId.Type == type && IsThere(activation)).Select(activation => activation.GrainId);

    public bool HasActivation(GrainId grainId) => catalog.Find(grainId) is { } activation && IsThere(activation);

    /// <summary>Deactivates what has been idle for long enough.</summary>
    public Task Collect(TimeSpan age) => Task.WhenAll(catalog.Activations.Select(activation => activation.CollectIfIdle(age)));

    private static bool IsThere(Activation activation) => !activation.IsGone;

    private static string NameOf(Type grainClass) => $"{grainClass.FullName},{grainClass.Assembly.GetName().Name}";
}
