using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Orleans.Runtime;

/// <summary>Guid keys are 32 hexadecimal digits, integer keys uppercase hexadecimal; <c>+</c> begins a key extension.</summary>
public static class GrainIdKeyExtensions
{
    private const byte ExtensionSeparator = (byte)'+';

    public static IdSpan CreateIntegerKey(long key)
    {
        Span<byte> text = stackalloc byte[sizeof(long) * 2];
        Utf8Formatter.TryFormat(key, text, out var length, 'X');
        return new(text[..length].ToArray());
    }

    public static IdSpan CreateGuidKey(Guid key)
    {
        var text = new byte[32];
        Utf8Formatter.TryFormat(key, text, out _, 'N');
        return new(text);
    }

    public static bool TryGetIntegerKey(this GrainId grainId, out long key, out string? keyExt)
    {
        var body = WithoutExtension(grainId.Key.AsSpan(), out keyExt);
        return Utf8Parser.TryParse(body, out key, out var consumed, 'X') && consumed == body.Length && body.Length > 0;
    }

    public static bool TryGetGuidKey(this GrainId grainId, out Guid key, out string? keyExt)
    {
        var body = WithoutExtension(grainId.Key.AsSpan(), out keyExt);
        return Utf8Parser.TryParse(body, out key, out var consumed, 'N') && consumed == body.Length && body.Length == 32;
    }

    public static long GetIntegerKey(this GrainId grainId) => grainId.GetIntegerKey(out _);

    public static long GetIntegerKey(this GrainId grainId, out string? keyExt) =>
        grainId.TryGetIntegerKey(out var key, out keyExt)
            ? key
            : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The key of {grainId} is not an integer."), nameof(grainId));

    public static Guid GetGuidKey(this GrainId grainId) => grainId.GetGuidKey(out _);

    public static Guid GetGuidKey(this GrainId grainId, out string? keyExt) =>
        grainId.TryGetGuidKey(out var key, out keyExt)
            ? key
            : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The key of {grainId} is not a Guid."), nameof(grainId));

    private static ReadOnlySpan<byte> WithoutExtension(ReadOnlySpan<byte> key, out string? extension)
    {
        var at = key.IndexOf(ExtensionSeparator);
        extension = at < 0 ? null : Encoding.UTF8.GetString(key[(at + 1)..]);
        return at < 0 ? key : key[..at];
    }
}
