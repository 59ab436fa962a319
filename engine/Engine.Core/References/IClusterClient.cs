namespace Orleans;

/// <summary>Calls grains from outside of them. A silo's own service provider has one that talks to it without a network.</summary>
public interface IClusterClient : IGrainFactory
{
    IServiceProvider ServiceProvider { get; }
}
