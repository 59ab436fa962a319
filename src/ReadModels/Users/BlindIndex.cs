using System.Security.Cryptography;
using System.Text;

namespace Crescent.ReadModels.Users;

/// <summary>
/// Finds words by their beginning without storing them: what is stored is a keyed hash of each prefix. Whoever has the
/// file but not the key learns only which users share a prefix.
/// </summary>
public sealed class BlindIndex
{
    /// <summary>Longer words are found by this many characters.</summary>
    public const int MaxPrefix = 16;

    /// <summary>Fewer characters find nothing in scripts of letters; one syllable or ideograph is a word.</summary>
    public const int MinAsciiPrefix = 2;

    private const int TokenBytes = 16;
    private const int KeyBytes = 32;
    private const int MaxTokenInput = 256;

    private readonly byte[] _key;

    /// <param name="secret">A secret of this installation; the index's own key is derived from it.</param>
    public BlindIndex(ReadOnlySpan<byte> secret)
    {
        if (secret.Length < KeyBytes) throw new ArgumentException($"The secret must have at least {KeyBytes} bytes.", nameof(secret));
        _key = new byte[KeyBytes];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, _key, salt: [], "crescent user search"u8);
    }

    /// <summary>The tokens under which texts are found.</summary>
    public IReadOnlySet<string> TokensOf(params ReadOnlySpan<string?> texts)
    {
        var tokens = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in texts)
            foreach (var word in WordsOf(text))
                for (var length = MinPrefix(word); length <= Math.Min(word.Length, MaxPrefix); length++)
                    tokens.Add(Token(word.AsSpan(0, length)));
        return tokens;
    }

    /// <summary>The tokens a user must all have to match a query, the longest word first; none if the query says too little.</summary>
    public string[] TokensOfQuery(string? query) =>
    [
        .. WordsOf(query).Where(static word => word.Length >= MinPrefix(word)).OrderByDescending(static word => word.Length)
            .Select(word => Token(word.AsSpan(0, Math.Min(word.Length, MaxPrefix)))).Distinct(StringComparer.Ordinal),
    ];

    private static int MinPrefix(string word) => char.IsAscii(word[0]) ? MinAsciiPrefix : 1;

    private static IEnumerable<string> WordsOf(string? text) => Words.Of(text).Select(static word => word.ToLowerInvariant());

    private string Token(ReadOnlySpan<char> prefix)
    {
        Span<byte> utf8 = stackalloc byte[MaxTokenInput];
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var length = Encoding.UTF8.GetBytes(prefix, utf8);
        HMACSHA256.HashData(_key, utf8[..length], hash);
        return Convert.ToHexStringLower(hash[..TokenBytes]);
    }
}
