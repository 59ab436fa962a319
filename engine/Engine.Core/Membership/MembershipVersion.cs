using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Orleans.Runtime;

/// <summary>Orders the views of a cluster.</summary>
public readonly struct MembershipVersion(long version) : IComparable<MembershipVersion>, IEquatable<MembershipVersion>, ISpanFormattable
{
    public static MembershipVersion MinValue => new(long.MinValue);

    public long Value { get; init; } = version;

    public int CompareTo(MembershipVersion other) => Value.CompareTo(other.Value);

    public bool Equals(MembershipVersion other) => Value == other.Value;

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is MembershipVersion other && Equals(other);

    public override int GetHashCode() => Value.GetHashCode();

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    bool ISpanFormattable.TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        Value.TryFormat(destination, out charsWritten, format, provider);

    public static bool operator ==(MembershipVersion left, MembershipVersion right) => left.Equals(right);

    public static bool operator !=(MembershipVersion left, MembershipVersion right) => !left.Equals(right);

    public static bool operator >=(MembershipVersion left, MembershipVersion right) => left.CompareTo(right) >= 0;

    public static bool operator <=(MembershipVersion left, MembershipVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >(MembershipVersion left, MembershipVersion right) => left.CompareTo(right) > 0;

    public static bool operator <(MembershipVersion left, MembershipVersion right) => left.CompareTo(right) < 0;
}
