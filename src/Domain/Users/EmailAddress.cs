namespace Crescent.Domain.Users;

/// <summary>Addresses that differ only in case or surrounding spaces are one address.</summary>
public static class EmailAddress
{
    // RFC 5321, 4.5.3.1: the longest path, without its angle brackets; and the longest local part.
    public const int MaxLength = 254;
    public const int MaxLocalPart = 64;

    public static string Normalize(string email) => email.Trim().ToLowerInvariant();

    /// <summary>Whether it has the shape local@domain.tld; whether mail arrives there only a mail can tell.</summary>
    public static bool IsValid(string? email)
    {
        if (email is null) return false;
        var address = email.Trim();
        var at = address.LastIndexOf('@');
        if (at is < 1 or > MaxLocalPart || address.Length > MaxLength || address.IndexOf('@') != at) return false;
        var domain = address.AsSpan(at + 1);
        return domain.Length >= 3
            && domain[1..^1].Contains('.')
            && domain[0] != '.' && domain[^1] != '.'
            && !address.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));
    }
}
