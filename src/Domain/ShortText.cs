namespace Crescent.Domain;

static class ShortText
{
    public static bool IsValid(string? text, int maxLength) =>
        !string.IsNullOrWhiteSpace(text) && text.Trim().Length <= maxLength && !text.Any(char.IsControl);
}
