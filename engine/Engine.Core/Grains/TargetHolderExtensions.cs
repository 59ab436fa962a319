using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <summary>Typed access to the components of an activation.</summary>
public static class TargetHolderExtensions
{
    public static TComponent? GetComponent<TComponent>(this ITargetHolder targetHolder) where TComponent : class
    {
        ArgumentNullException.ThrowIfNull(targetHolder);
        return targetHolder.GetComponent(typeof(TComponent)) as TComponent;
    }
}
