namespace Crescent.ReadModels.Products;

/// <summary>The words by which a text is found, in small letters; the databases leave the accents out.</summary>
internal static class FullText
{
    /// <summary>All words of a text, for the index.</summary>
    public static string WordsOf(string text) => string.Join(' ', Words.Of(text.ToLowerInvariant(), int.MaxValue));

    /// <summary>The words of what somebody typed.</summary>
    public static IReadOnlyList<string> QueryOf(string text) => [.. Words.Of(text.ToLowerInvariant())];
}
