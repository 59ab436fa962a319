using Orleans.Runtime;

namespace Orleans;

/// <summary>Extensions of an activation.</summary>
public static class GrainContextComponentExtensions
{
    /// <summary>The activation's extension, made at the first need.</summary>
    /// <exception cref="GrainExtensionNotInstalledException">None is registered.</exception>
    public static TComponent GetGrainExtension<TComponent>(this IGrainContext context) where TComponent : class, IGrainExtension =>
        context.GetComponent<TComponent>() ?? throw new GrainExtensionNotInstalledException($"{context?.GrainId} has no extension {typeof(TComponent)}.");
}
