namespace Orleans.Runtime;

/// <summary>The base of interfaces that a grain's host answers on behalf of the grain.</summary>
public interface IGrainExtension : IAddressable;
