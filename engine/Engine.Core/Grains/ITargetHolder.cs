namespace Orleans.Serialization.Invocation;

/// <summary>Something that calls can be made on.</summary>
public interface ITargetHolder
{
    object? GetTarget();

    object? GetComponent(Type componentType);
}
