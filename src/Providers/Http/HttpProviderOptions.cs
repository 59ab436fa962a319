namespace Crescent.Providers.Http;

/// <summary>
/// A provider behind an HTTP API. Bound by name: <c>Crescent:Providers:Payment</c> and <c>Crescent:Providers:Carrier</c>.
/// </summary>
public sealed class HttpProviderOptions
{
    public const string Payment = "Payment";
    public const string Carrier = "Carrier";

    /// <summary>Stored and shown with what the provider did.</summary>
    public string Name { get; set; } = "";

    /// <summary>Where the provider's API begins, such as <c>https://pay.example/v1/</c>.</summary>
    public string BaseAddress { get; set; } = "";

    /// <summary>Sent as bearer token; empty for a provider that asks for none.</summary>
    public string ApiKey { get; set; } = "";

    internal static string Section(string provider) => $"Crescent:Providers:{provider}";

    internal IEnumerable<string> Errors(string provider)
    {
        var section = Section(provider);
        if (string.IsNullOrWhiteSpace(Name))
            yield return $"{section}:Name is empty; it must name the provider.";
        if (!Uri.TryCreate(BaseAddress, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            yield return $"{section}:BaseAddress is '{BaseAddress}'; it must be an absolute http or https address.";
        else if (!address.AbsolutePath.EndsWith('/'))
            yield return $"{section}:BaseAddress is '{BaseAddress}'; it must end with '/'.";
        else if (ApiKey.Length > 0 && address.Scheme == "http" && !address.IsLoopback)
            yield return $"{section}:BaseAddress is '{BaseAddress}'; an ApiKey is sent over https only.";
    }
}
