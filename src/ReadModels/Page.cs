using Crescent.ReadModels.Storage;

namespace Crescent.ReadModels;

/// <summary>Which part of a list: so many rows after a place in it.</summary>
/// <param name="Limit">Rows at most; from 1 to <see cref="MaxLimit"/>.</param>
/// <param name="After">The <see cref="Page{T}.Next"/> of the page before; null for the first.</param>
public readonly record struct PageRequest(int Limit, string? After = null)
{
    public const int MaxLimit = 200;

    internal int RowsToRead => Math.Clamp(Limit, 1, MaxLimit) + 1;

    /// <summary>The log position the list goes on from; lists are ordered by the position that brought each row.</summary>
    /// <exception cref="FormatException">Not a place this list has given out.</exception>
    internal long PositionOr(long first) => After is null
        ? first
        : long.TryParse(After, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var position)
            ? position
            : throw new FormatException($"'{After}' is no place in a list.");
}

/// <summary>One page of a list. Rows that come or change between two pages move no other row.</summary>
/// <param name="Next">Where the next page begins; null on the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

internal static class Page
{
    /// <summary>Makes a page of one row more than was asked for: that one only says that there is a next page.</summary>
    public static Page<T> Of<T>(List<Listed<T>> read, PageRequest request)
    {
        var limit = request.RowsToRead - 1;
        var next = read.Count > limit ? read[limit - 1].Position.ToString(System.Globalization.CultureInfo.InvariantCulture) : null;
        return new Page<T>([.. read.Take(limit).Select(static row => row.Row)], next);
    }
}
