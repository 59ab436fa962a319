namespace Orleans.Runtime;

/// <summary>Anything that can be called: grains, their references and extensions.</summary>
public interface IAddressable;
