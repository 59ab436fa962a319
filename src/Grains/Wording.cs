using System.Text.Json;

namespace Crescent.Grains;

/// <summary>Names of the domain as contracts carry them: <c>OutOfStock</c> is <c>out_of_stock</c>.</summary>
static class Wording
{
    public static string Of<T>(T value) where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    /// <exception cref="ArgumentException">No value is called that.</exception>
    public static T Parse<T>(string? word) where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
            if (Of(value) == word) return value;
        throw new ArgumentException($"'{word}' is no {typeof(T).Name}.", nameof(word));
    }
}
