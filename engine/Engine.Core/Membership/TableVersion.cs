using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Orleans;

/// <summary>The version of the membership table: every change of a row counts it up, so that changes of two silos never mix.</summary>
[GenerateSerializer, Immutable]
public sealed class TableVersion : IEquatable<TableVersion>, ISpanFormattable
{
    public TableVersion(int version, string eTag)
    {
        Version = version;
        VersionEtag = eTag;
    }

    [Id(0)]
    public int Version { get; }

    /// <summary>What the table compares; what it holds is the table's own affair.</summary>
    [Id(1)]
    public string VersionEtag { get; }

    /// <summary>The version after this one, to be written in place of it.</summary>
    public TableVersion Next() => new(Version + 1, VersionEtag);

    public bool Equals(TableVersion? other) => other is not null && Version == other.Version && VersionEtag == other.VersionEtag;

    public override bool Equals([NotNullWhen(true)] object? obj) => Equals(obj as TableVersion);

    public override int GetHashCode() => HashCode.Combine(Version, VersionEtag);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Version} ({VersionEtag})");

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    bool ISpanFormattable.TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        destination.TryWrite(CultureInfo.InvariantCulture, $"{Version} ({VersionEtag})", out charsWritten);

    public static bool operator ==(TableVersion? left, TableVersion? right) => Equals(left, right);

    public static bool operator !=(TableVersion? left, TableVersion? right) => !Equals(left, right);
}
