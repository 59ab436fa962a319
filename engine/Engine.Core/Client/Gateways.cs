using Engine.CodeGeneration;
using Orleans.Runtime.Networking;

namespace Orleans.Runtime;

/// <summary>
/// The gateways that a client can use, and which of them gets which call: those of a grain go to the same one, as long as the
/// gateways stay the same. A request that was certainly not sent goes to another gateway, once; what was sent is waited for.
/// </summary>
internal sealed class Gateways
{
    /// <summary>A flag of request frames that never goes far: it was unsent before.</summary>
    private const byte WasUnsent = 1;

    private RemoteCalls? _calls;
    private Connection[] _usable = [];

    public int Count => Volatile.Read(ref _usable).Length;

    public void Bind(RemoteCalls calls) => _calls = calls;

    /// <summary>Sets the connections to the gateways that take calls.</summary>
    public void Use(Connection[] connections) => Volatile.Write(ref _usable, connections);

    public void Send(GrainCall call)
    {
        var cancellation = call.CalleeCancellation;
        var usable = Volatile.Read(ref _usable);
        if (usable.Length == 0)
        {
            call.Reject(NoGateway());
            return;
        }

        var connection = usable[call.TargetId.GetUniformHashCode() % (uint)usable.Length];
        if (_calls!.Begin(call, connection, view: 0) is not { } frame)
        {
            return;
        }

        // From here on the call may have been answered and be in use for another.
        var number = frame.CorrelationId;
        if (!_calls.TrySend(connection, frame))
        {
            SendElsewhere(connection, frame);
        }

        if (cancellation is { IsCancellationRequested: true } && _calls.Pending.ConnectionOf(number) is { } sentOn)
        {
            RemoteCalls.SendCancel(sentOn, number);
        }
    }

    /// <summary>A connection is gone, and this request, which it had accepted, was not sent.</summary>
    public void Unsent(Connection connection, OutgoingFrame frame)
    {
        if (_calls!.Pending.Assign(frame.CorrelationId, null))
        {
            SendElsewhere(connection, frame);
        }
        else
        {
            frame.Return();
        }
    }

    public void Receive(Connection connection, in IncomingFrame frame) => _calls!.Receive(connection, frame);

    private static SiloUnavailableException NoGateway() => new("The client is connected to no gateway of its cluster; it goes on trying.");

    private void SendElsewhere(Connection failed, OutgoingFrame frame)
    {
        var number = frame.CorrelationId;
        var other = (frame.Flags & WasUnsent) == 0 ? Array.Find(Volatile.Read(ref _usable), connection => connection != failed && !connection.IsClosed) : null;
        if (other is not null)
        {
            frame.Flags |= WasUnsent;
            if (!_calls!.Pending.Assign(number, other))
            {
                frame.Return();
                return;
            }

            if (_calls.TrySend(other, frame))
            {
                return;
            }
        }

        frame.Return();
        _calls!.Pending.Take(number)?.Failed(NoGateway(), wasSent: false);
    }
}
