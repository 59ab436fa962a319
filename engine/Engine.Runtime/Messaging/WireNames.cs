using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Engine.CodeGeneration;

namespace Orleans.Runtime;

/// <summary>What the names in requests mean in this silo, found by their bytes.</summary>
internal sealed class WireNames
{
    private readonly FrozenDictionary<byte[], GrainInterfaceRegistration>.AlternateLookup<ReadOnlySpan<byte>> _interfaces;
    private readonly FrozenDictionary<byte[], GrainType>.AlternateLookup<ReadOnlySpan<byte>> _types;

    public WireNames(TypeManifestBuilder manifest, GrainClassMap classes)
    {
        _interfaces = manifest.InterfacesByName
            .ToFrozenDictionary(entry => System.Text.Encoding.UTF8.GetBytes(entry.Key), entry => entry.Value, Comparer.Instance)
            .GetAlternateLookup<ReadOnlySpan<byte>>();
        _types = classes.Classes.Keys
            .ToFrozenDictionary(type => type.AsSpan().ToArray(), Comparer.Instance)
            .GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>A call of the method, without arguments; null if this silo doesn't know it.</summary>
    public GrainCall? CreateCall(in RequestHeader header) =>
        _interfaces.TryGetValue(header.Interface, out var registration) ? registration.CreateCall(header.Method) : null;

    public GrainId TargetOf(in RequestHeader header) => Id(header.GrainType, header.GrainKey);

    /// <summary>The calling grain; the default if none called.</summary>
    public GrainId SourceOf(in RequestHeader header) => header.SourceType.IsEmpty ? default : Id(header.SourceType, header.SourceKey);

    private GrainId Id(ReadOnlySpan<byte> type, ReadOnlySpan<byte> key) => GrainId.Create(
        _types.TryGetValue(type, out var known) ? known : new GrainType(type.ToArray()), new IdSpan(key.ToArray()));

    private sealed class Comparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static readonly Comparer Instance = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode([DisallowNull] byte[] obj) => GetHashCode(obj.AsSpan());

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<byte> alternate) => unchecked((int)StableHash.Of(alternate));

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
