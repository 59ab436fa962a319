using Orleans.Runtime;

namespace Orleans;

/// <summary>The base of all grain interfaces.</summary>
public interface IGrain : IAddressable;

/// <summary>A grain whose key is a Guid.</summary>
public interface IGrainWithGuidKey : IGrain;

/// <summary>A grain whose key is an integer.</summary>
public interface IGrainWithIntegerKey : IGrain;

/// <summary>A grain whose key is a string.</summary>
public interface IGrainWithStringKey : IGrain;
