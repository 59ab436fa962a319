namespace Orleans.Runtime;

/// <summary>Where one activation of a grain is.</summary>
public sealed class GrainAddress : IEquatable<GrainAddress>
{
    public GrainId GrainId { get; init; }

    public ActivationId ActivationId { get; init; }

    public SiloAddress? SiloAddress { get; init; }

    public bool IsComplete => !GrainId.IsDefault && !ActivationId.IsDefault && SiloAddress is not null;

    public bool Matches(GrainAddress other) =>
        other is not null && GrainId == other.GrainId
        && (ActivationId.IsDefault || other.ActivationId.IsDefault || ActivationId == other.ActivationId)
        && (SiloAddress is null || other.SiloAddress is null || SiloAddress.Equals(other.SiloAddress));

    public bool Equals(GrainAddress? other) =>
        other is not null && GrainId == other.GrainId && ActivationId == other.ActivationId && Equals(SiloAddress, other.SiloAddress);

    public override bool Equals(object? obj) => Equals(obj as GrainAddress);

    public override int GetHashCode() => HashCode.Combine(GrainId, ActivationId, SiloAddress);

    public override string ToString() => $"[{SiloAddress} {GrainId}{ActivationId}]";
}
