namespace Orleans.Messaging;

/// <summary>Where clients find the gateways of a cluster.</summary>
public interface IGatewayListProvider
{
    /// <summary>How old a list may be.</summary>
    TimeSpan MaxStaleness { get; }

    /// <summary>Whether the list changes at all.</summary>
    bool IsUpdatable { get; }

    /// <summary>Called once before the first list.</summary>
    Task InitializeGatewayListProvider();

    /// <summary>The gateways as <c>gwy.tcp://address:port/generation</c>.</summary>
    Task<IList<Uri>> GetGateways();
}
