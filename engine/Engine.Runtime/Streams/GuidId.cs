namespace Orleans.Runtime;

/// <summary>An id that is a Guid; of a stream subscription.</summary>
[GenerateSerializer, Immutable]
public sealed class GuidId : IEquatable<GuidId>
{
    [Id(0)]
    private readonly Guid _guid;

    private GuidId(Guid guid) => _guid = guid;

    /// <summary>The id of a Guid.</summary>
    public static GuidId GetGuidId(Guid guid) => new(guid);

    public bool Equals(GuidId? other) => other is not null && _guid == other._guid;
    public override bool Equals(object? obj) => Equals(obj as GuidId);
    public override int GetHashCode() => _guid.GetHashCode();
    public override string ToString() => _guid.ToString("N");
}
