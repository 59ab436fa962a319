using Crescent.GrainInterfaces.Idempotency;

namespace Crescent.ApiHost.Http;

/// <summary>The header of draft-ietf-httpapi-idempotency-key-header.</summary>
internal static class IdempotencyKeys
{
    public const string HeaderName = "Idempotency-Key";

    /// <summary>
    /// <c>Idempotency-Key = sf-string</c>; the many clients that leave out the quotes mean the same key. Visible ASCII only,
    /// so that no proxy on the way can change it.
    /// </summary>
    public static bool TryReadIdempotencyKey(this HttpRequest request, out string key, out Problem? refusal)
    {
        key = "";
        refusal = null;
        var header = request.Headers[HeaderName];
        if (header.Count == 0 || string.IsNullOrWhiteSpace(header[0]))
        {
            refusal = new Problem(ProblemType.IdempotencyKeyMissing, "Send a value of your choice that stays the same when you repeat this very request.");
            return false;
        }

        var text = header.Count == 1 ? header[0]!.Trim() : "";
        key = text.Length > 2 && text[0] == '"' && text[^1] == '"' ? text[1..^1] : text;
        if (key.Length is > 0 and <= IdempotencyKey.MaxLength && key.All(c => c is > ' ' and <= '~'))
            return true;

        var errors = new FieldErrors();
        errors.Add(HeaderName, $"must be one value of 1 to {IdempotencyKey.MaxLength} visible ASCII characters without spaces");
        refusal = errors.ToProblem();
        return false;
    }
}
