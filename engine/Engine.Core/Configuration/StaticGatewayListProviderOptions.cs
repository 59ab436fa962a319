namespace Orleans.Configuration;

/// <summary>The gateways of a client that has a fixed list.</summary>
public class StaticGatewayListProviderOptions
{
    /// <summary>As <c>gwy.tcp://address:port/generation</c>; generation 0 stands for any.</summary>
    public List<Uri> Gateways { get; set; } = [];
}
