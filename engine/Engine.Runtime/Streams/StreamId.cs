using System.Globalization;

namespace Orleans.Runtime;

/// <summary>Names a stream: a namespace and a key. The key of an implicit subscriber is the stream's.</summary>
[GenerateSerializer, Immutable]
public readonly struct StreamId : IEquatable<StreamId>, IComparable<StreamId>
{
    [Id(0)]
    private readonly string? _namespace;

    [Id(1)]
    private readonly string _key;

    private StreamId(string? ns, string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        _namespace = ns;
        _key = key;
    }

    /// <summary>The stream of a namespace and a Guid, written with 32 digits.</summary>
    public static StreamId Create(string? ns, Guid key) => new(ns, key.ToString("N"));

    /// <summary>The stream of a namespace and a number, written in decimal.</summary>
    public static StreamId Create(string? ns, long key) => new(ns, key.ToString(CultureInfo.InvariantCulture));

    /// <summary>The stream of a namespace and a text.</summary>
    public static StreamId Create(string? ns, string key) => new(ns, key);

    public static bool operator ==(StreamId s1, StreamId s2) => s1.Equals(s2);
    public static bool operator !=(StreamId s1, StreamId s2) => !s1.Equals(s2);

    /// <summary>The namespace, or null.</summary>
    public string? GetNamespace() => _namespace;

    /// <summary>The key as text.</summary>
    public string GetKeyAsString() => _key ?? "";

    public bool Equals(StreamId other) => string.Equals(_key, other._key, StringComparison.Ordinal) && string.Equals(_namespace, other._namespace, StringComparison.Ordinal);
    public override bool Equals(object? obj) => obj is StreamId other && Equals(other);

    public int CompareTo(StreamId other)
    {
        var byNamespace = string.CompareOrdinal(_namespace, other._namespace);
        return byNamespace != 0 ? byNamespace : string.CompareOrdinal(_key, other._key);
    }

    public override int GetHashCode() => HashCode.Combine(_namespace, _key);
    public override string ToString() => $"{_namespace ?? "null"}/{_key}";
}
