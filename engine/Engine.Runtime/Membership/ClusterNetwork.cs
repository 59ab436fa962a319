using System.Buffers.Binary;
using System.Text;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Runtime;

/// <summary>
/// What silos say of membership.
/// <code>
/// progress = version installed         each: i64 little-endian
/// probe    = progress -> progress      nothing comes back from a suspended silo
/// through  = address -> u8             1: the silo answers; the address as text in UTF-8
/// tell     = progress                  without an answer
/// </code>
/// </summary>
internal sealed class ClusterNetwork(ISiloControl control, IOptions<ClusterMembershipOptions> options) : IClusterNetwork
{
    private const int ProgressLength = 2 * sizeof(long);
    private IClusterListener? _listener;

    public async Task<bool> ProbeAsync(SiloAddress target, TimeSpan timeout)
    {
        try
        {
            var answer = await control.AskAsync(target, ControlTopic.Probe, Write(_listener?.Current ?? default), timeout, CancellationToken.None).ConfigureAwait(false);
            Hear(target, answer);
            return answer.Length >= ProgressLength;
        }
        catch (Exception exception) when (exception is TimeoutException or SiloUnavailableException)
        {
            return false;
        }
    }

    public async Task<bool> ProbeThroughAsync(SiloAddress other, SiloAddress target, TimeSpan timeout)
    {
        try
        {
            var answer = await control.AskAsync(other, ControlTopic.ProbeThrough, Encoding.UTF8.GetBytes(target.ToParsableString()), timeout, CancellationToken.None).ConfigureAwait(false);
            return answer is [1];
        }
        catch (Exception exception) when (exception is TimeoutException or SiloUnavailableException)
        {
            return false;
        }
    }

    public void Gossip(SiloAddress target, long version) => control.Tell(target, ControlTopic.Progress, Write(new(version, 0)));

    public void Announce(SiloAddress target, long installed) => control.Tell(target, ControlTopic.Progress, Write(new(installed, installed)));

    public void Listen(IClusterListener listener)
    {
        _listener = listener;
        control.Handle(ControlTopic.Probe, (from, body, _) =>
        {
            Hear(from, body.Span);
            return ValueTask.FromResult(listener.Current is { } current ? Write(current) : null);
        });
        control.Handle(ControlTopic.ProbeThrough, async (_, body, _) =>
        {
            var isThere = listener.Current is not null && await ProbeAsync(SiloAddress.FromParsableString(Encoding.UTF8.GetString(body.Span)), MembershipRules.ProbeTimeoutOf(options.Value)).ConfigureAwait(false);
            return [isThere ? (byte)1 : (byte)0];
        });
        control.Handle(ControlTopic.Progress, (from, body, _) =>
        {
            Hear(from, body.Span);
            return ValueTask.FromResult<byte[]?>(null);
        });
    }

    private static byte[] Write(Progress progress)
    {
        var body = new byte[ProgressLength];
        BinaryPrimitives.WriteInt64LittleEndian(body, progress.Version);
        BinaryPrimitives.WriteInt64LittleEndian(body.AsSpan(sizeof(long)), progress.Installed);
        return body;
    }

    private void Hear(SiloAddress from, ReadOnlySpan<byte> body)
    {
        // Later versions may say more.
        if (body.Length >= ProgressLength)
        {
            _listener?.Heard(from, new(BinaryPrimitives.ReadInt64LittleEndian(body), BinaryPrimitives.ReadInt64LittleEndian(body[sizeof(long)..])));
        }
    }
}
