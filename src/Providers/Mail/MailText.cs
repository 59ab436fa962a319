using System.Globalization;
using System.Net.Mail;
using System.Text;

namespace Crescent.Providers.Mail;

/// <summary>A mail as RFC 5322 text: headers, an empty line, the body in UTF-8 as it is (8bit, RFC 6152), for people to read.</summary>
internal static class MailText
{
    /// <summary>RFC 2047 allows 75 characters a word; 12 of them are <c>=?utf-8?B??=</c>, and 45 bytes give 60 of Base64.</summary>
    private const int EncodedWordBytes = 45;

    public static string MessageId(Guid id, string domain) => $"<{id:N}@{domain}>";

    public static string Render(MailAddress from, MailAddress to, string subject, string body, Guid id, DateTimeOffset at)
    {
        var text = new StringBuilder();
        Header(text, "Message-ID", MessageId(id, from.Host));
        Header(text, "Date", at.ToUniversalTime().ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture));
        Header(text, "From", from.ToString());
        Header(text, "To", to.Address);
        Header(text, "Subject", EncodeWords(subject));
        Header(text, "MIME-Version", "1.0");
        Header(text, "Content-Type", "text/plain; charset=utf-8");
        Header(text, "Content-Transfer-Encoding", "8bit");
        text.Append("\r\n");
        foreach (var line in body.AsSpan().EnumerateLines())
            text.Append(line).Append("\r\n");
        return text.ToString();
    }

    private static void Header(StringBuilder text, string name, string value) => text.Append(name).Append(": ").Append(value).Append("\r\n");

    private static string EncodeWords(string value)
    {
        if (value.All(static c => c is >= ' ' and <= '~')) return value;
        var words = new List<string>();
        var word = new List<byte>();
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in value.EnumerateRunes())
        {
            var length = rune.EncodeToUtf8(utf8);
            if (word.Count + length > EncodedWordBytes)
                Flush(word, words);
            word.AddRange(utf8[..length]);
        }
        Flush(word, words);
        return string.Join("\r\n ", words);
    }

    private static void Flush(List<byte> word, List<string> words)
    {
        if (word.Count == 0) return;
        words.Add($"=?utf-8?B?{Convert.ToBase64String([.. word])}?=");
        word.Clear();
    }
}
