using System.Globalization;
using System.Net;

namespace Orleans.Runtime;

/// <summary>How lists of gateways name a silo: <c>gwy.tcp://address:port/generation</c>, with the gateway's port.</summary>
internal static class GatewayUris
{
    private const string Scheme = "gwy.tcp";

    public static Uri ToGatewayUri(this SiloAddress gateway) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{Scheme}://{gateway.Endpoint}/{gateway.Generation}"));

    /// <exception cref="FormatException">It is no address of a gateway.</exception>
    public static SiloAddress ToGatewayAddress(this Uri gateway)
    {
        if (gateway.Scheme == Scheme
            && IPAddress.TryParse(gateway.Host, out var address)
            && int.TryParse(gateway.AbsolutePath.AsSpan().Trim('/'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var generation))
        {
            return SiloAddress.New(address, gateway.Port, generation);
        }

        throw new FormatException($"'{gateway}' is not a gateway; it must have the form {Scheme}://address:port/generation.");
    }
}
