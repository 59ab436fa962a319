using System.Security.Cryptography;
using System.Text;
using Crescent.GrainInterfaces.Orders;

namespace Crescent.GrainInterfaces.Idempotency;

/// <summary>
/// Everything asked under one idempotency key of one caller. Key: <see cref="IdempotencyKey.Of"/>. Requests that arrive
/// while the first is being decided wait for it and get the same order.
/// </summary>
[Alias("crescent.IIdempotencyGrain")]
public interface IIdempotencyGrain : IGrainWithStringKey
{
    /// <summary>
    /// Places the order of this key, or finds it: a repeated request gets the order as it is now. Rejected as
    /// <see cref="OrderRejectionReason.IdempotencyKeyReused"/> if the key's order asked for something else, and as
    /// <see cref="OrderRejectionReason.RequestInProgress"/> if the first request took too long to wait for.
    /// </summary>
    [Alias("Place")]
    Task<PlaceOrderResult> Place(PlaceOrder command, CancellationToken cancellationToken = default);
}

/// <summary>The answer to <see cref="IIdempotencyGrain.Place"/>.</summary>
/// <param name="OrderId">Id of the key's order, whether or not it exists.</param>
/// <param name="Result">What became of the command.</param>
/// <param name="Order">The order as it is now; null when rejected.</param>
[GenerateSerializer, Immutable, Alias("crescent.PlaceOrderResult")]
public sealed record PlaceOrderResult(
    [property: Id(0)] string OrderId, [property: Id(1)] CommandResult<OrderRejectionReason> Result, [property: Id(2)] OrderView? Order);

/// <summary>Names the grain of a caller's idempotency key.</summary>
public static class IdempotencyKey
{
    /// <summary>The longest key a caller may choose, in characters.</summary>
    public const int MaxLength = 255;

    /// <summary>SHA-256 of caller and key, lower-case hex: of bounded length, and safe as a grain key whatever was chosen.</summary>
    public static string Of(string callerId, string key)
    {
        ArgumentNullException.ThrowIfNull(callerId);
        ArgumentNullException.ThrowIfNull(key);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{callerId.Length}:{callerId}{key}")));
    }
}
