namespace Orleans.Runtime.Networking;

/// <summary>Who is at the other end of a connection, as its preamble says: a silo or a client.</summary>
internal sealed record Peer(SiloAddress? Silo, Guid? ClientId)
{
    public bool IsSilo => Silo is not null;

    public override string ToString() => Silo is not null ? $"silo {Silo}" : $"client {ClientId}";
}

/// <summary>What a process tells of itself when it connects or is connected to: one of <paramref name="Silo"/> and <paramref name="ClientId"/> is set.</summary>
internal sealed record LocalPeer(string ClusterId, SiloAddress? Silo, Guid? ClientId)
{
    public PeerRole Role => Silo is null ? PeerRole.Client : PeerRole.Silo;
}

/// <summary>Which kind of process connects; a silo's port takes silos, a gateway's port clients.</summary>
internal enum PeerRole : byte
{
    Silo = 1,
    Client = 2,
}
