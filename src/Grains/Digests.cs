using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Crescent.Domain.Users;
using Crescent.GrainInterfaces.Orders;
using Microsoft.Extensions.Options;

namespace Crescent.Grains;

/// <summary>The secrets behind <see cref="Digests"/>; the same for ever and on every silo.</summary>
public sealed record DigestOptions
{
    public const string Section = "Crescent:Digests";
    public const int MinKeyBytes = 32;

    /// <summary>Turns an e-mail address into the key of its claim. Another one frees every address.</summary>
    public byte[] EmailClaimKey { get; set; } = [];

    /// <summary>Turns what an order asked for into its fingerprint. Another one makes repeated requests look like new ones under an old key.</summary>
    public byte[] RequestKey { get; set; } = [];

    /// <summary>The sentence that says what is wrong, or null.</summary>
    public string? Problem() => this switch
    {
        { EmailClaimKey.Length: < MinKeyBytes } => $"{Section}:{nameof(EmailClaimKey)} must hold at least {MinKeyBytes} bytes.",
        { RequestKey.Length: < MinKeyBytes } => $"{Section}:{nameof(RequestKey)} must hold at least {MinKeyBytes} bytes.",
        _ => null,
    };
}

/// <summary>
/// Keyed hashes (HMAC-SHA-256, lower-case hex): they tell whether two texts are the same without telling what they say.
/// </summary>
public sealed class Digests(IOptions<DigestOptions> options)
{
    /// <summary>Key of the claim on an address; addresses that are one address have one.</summary>
    public string OfEmail(string email) => Of(options.Value.EmailClaimKey, EmailAddress.Normalize(email));

    /// <summary>Fingerprint of all that an order asks for.</summary>
    public string OfRequest(PlaceOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        List<string> parts = [order.UserId, order.PaymentToken, order.Items.Length.ToString(CultureInfo.InvariantCulture)];
        foreach (var item in order.Items) parts.AddRange([item.ProductId, item.Quantity.ToString(CultureInfo.InvariantCulture)]);
        if (order.ShipTo is { } to) parts.AddRange([to.Name, to.Street, to.City, to.PostalCode, to.Country]);
        return Of(options.Value.RequestKey, [.. parts]);
    }

    static string Of(byte[] key, params ReadOnlySpan<string> parts)
    {
        var text = new StringBuilder();
        // Each part after its length: without them ("ab", "c") and ("a", "bc") would be one.
        foreach (var part in parts) text.Append(part.Length).Append(':').Append(part);
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text.ToString())));
    }
}
