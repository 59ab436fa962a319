namespace Crescent.ReadModels;

/// <summary>Takes text apart into words: runs of letters and digits.</summary>
internal static class Words
{
    /// <summary>Words of a text beyond this are left out, unless all are wanted.</summary>
    public const int MaxWords = 16;

    public static IEnumerable<string> Of(string? text, int maxWords = MaxWords)
    {
        if (text is null) yield break;
        var words = 0;
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var inWord = i < text.Length && char.IsLetterOrDigit(text[i]);
            if (inWord && start < 0) start = i;
            if (inWord || start < 0) continue;
            if (++words > maxWords) yield break;
            yield return text[start..i];
            start = -1;
        }
    }
}
