namespace Crescent.ReadModels.Products;

/// <summary>What somebody typed, as an FTS5 query.</summary>
internal static class FullText
{
    /// <summary>All words as prefixes, quoted, so that nothing of FTS5's own language is left; null without any word.</summary>
    public static string? Query(string text) =>
        string.Join(' ', Words.Of(text).Select(static word => $"\"{word}\"*")) is { Length: > 0 } query ? query : null;
}
