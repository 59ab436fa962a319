using System.IO.Pipelines;
using Orleans.Runtime.Messaging;

namespace Orleans.Runtime.Networking;

/// <summary>The exchange of preambles, after which both sides know each other or part.</summary>
internal static class Handshake
{
    /// <summary>Tells the other side who connects and whom it wants, and hears who is there.</summary>
    /// <exception cref="ConnectionFailedException">The other side refused, or is not what was expected.</exception>
    public static async Task<Peer> ConnectAsync(IDuplexPipe transport, LocalPeer self, SiloAddress target, CancellationToken cancellationToken)
    {
        await SendAsync(transport.Output, Preamble.Of(self, target), cancellationToken);
        var answer = await ReceiveAsync(transport.Input, cancellationToken);
        if (answer.Status != PreambleStatus.Accepted)
            throw new ConnectionFailedException($"{target} refused the connection: {Reason(answer, self, target)}.");
        if (!IsVersionShared(answer))
            throw new ConnectionFailedException($"{target} does not speak this version of the protocol: {Reason(answer with { Status = PreambleStatus.WrongVersion }, self, target)}.");
        if (answer.From.Silo is null || answer.From.ClusterId != self.ClusterId)
            throw new ConnectionFailedException($"At {target} there is no silo of the cluster '{self.ClusterId}'.");
        return new(answer.From.Silo, null);
    }

    /// <summary>Hears who connects, and answers whether it may.</summary>
    /// <exception cref="ConnectionFailedException">It may not; it has been told so.</exception>
    public static async Task<Peer> AcceptAsync(IDuplexPipe transport, LocalPeer self, PeerRole accepts, bool isBusy, CancellationToken cancellationToken)
    {
        var hello = await ReceiveAsync(transport.Input, cancellationToken);
        var status = isBusy ? PreambleStatus.Busy : Judge(hello, self, accepts);
        var answer = Preamble.Of(self, null, status);
        await SendAsync(transport.Output, answer, cancellationToken);
        if (status != PreambleStatus.Accepted)
            throw new ConnectionFailedException($"{hello.From.Role} {hello.From.Silo?.ToString() ?? hello.From.ClientId.ToString()} was refused: {Reason(answer, hello.From, hello.Target)}.");
        return new(hello.From.Silo, hello.From.ClientId);
    }

    private static PreambleStatus Judge(Preamble hello, LocalPeer self, PeerRole accepts)
    {
        if (hello.From.ClusterId != self.ClusterId)
            return PreambleStatus.WrongCluster;
        if (!IsVersionShared(hello))
            return PreambleStatus.WrongVersion;
        if (hello.From.Role != accepts)
            return PreambleStatus.WrongRole;
        return IsMeant(hello.Target, self.Silo, accepts) ? PreambleStatus.Accepted : PreambleStatus.WrongTarget;
    }

    /// <summary>Silos mean one life of one silo, or whichever is there if they name no generation. Clients may know a gateway by an address of their own, and by no generation.</summary>
    private static bool IsMeant(SiloAddress? target, SiloAddress? self, PeerRole accepts) =>
        accepts == PeerRole.Silo
            ? target is not null && (target.Equals(self) || (target.Generation == 0 && target.Endpoint.Equals(self?.Endpoint)))
            : target is null || target.Generation == 0 || target.Generation == self?.Generation;

    private static bool IsVersionShared(Preamble other) => other.MinVersion <= Preamble.NewestVersion && other.MaxVersion >= Preamble.OldestVersion;

    private static string Reason(Preamble answer, LocalPeer caller, SiloAddress? target) => answer.Status switch
    {
        PreambleStatus.WrongCluster => $"the silo is of the cluster '{answer.From.ClusterId}', the caller of '{caller.ClusterId}'",
        PreambleStatus.WrongVersion => $"the silo speaks the versions {answer.MinVersion} to {answer.MaxVersion}",
        PreambleStatus.WrongTarget => $"{answer.From.Silo} listens there, not {target}",
        PreambleStatus.WrongRole => $"this port takes no {caller.Role.ToString().ToLowerInvariant()}s",
        PreambleStatus.Busy => "the silo has as many connections as it may have",
        _ => $"status {(byte)answer.Status}",
    };

    private static async Task SendAsync(PipeWriter output, Preamble preamble, CancellationToken cancellationToken)
    {
        preamble.Write(output);
        await output.FlushAsync(cancellationToken);
    }

    private static async Task<Preamble> ReceiveAsync(PipeReader input, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await input.ReadAsync(cancellationToken);
            var buffer = result.Buffer;
            var parsed = Preamble.TryRead(ref buffer, out var preamble);
            input.AdvanceTo(buffer.Start, parsed == FrameParse.Incomplete ? buffer.End : buffer.Start);
            if (parsed == FrameParse.Frame)
                return preamble!;
            if (parsed != FrameParse.Incomplete)
                throw new ConnectionFailedException("The other side does not speak this protocol: what it sent first is no preamble.");
            if (result.IsCompleted)
                throw new ConnectionFailedException("The other side closed the connection before it told who it is.");
        }
    }
}
