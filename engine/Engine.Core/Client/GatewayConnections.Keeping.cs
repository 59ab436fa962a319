using System.Buffers;
using Microsoft.Extensions.Logging;
using Orleans.Runtime.Messaging;
using Orleans.Runtime.Networking;

namespace Orleans.Runtime;

/// <content>The way of one gateway.</content>
internal sealed partial class GatewayConnections
{
    /// <summary>Owned by the gateway's entry: connects as long as the gateway is listed, then removes the entry.</summary>
    private async Task KeepConnectedAsync(Gateway gateway)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        while (!_stopping.IsCancellationRequested && !TryForget(gateway))
        {
            try
            {
                var connection = await _connections.ConnectAsync(gateway.Address, _stopping.Token);
                await LearnGrainTypesAsync(connection);
                Adopt(gateway, connection);
                gateway.FirstAttempt.TrySetResult(null);
                await connection.Closed;
            }
            catch (Exception exception)
            {
                if (gateway.FirstAttempt.TrySetResult(exception))
                {
                    LogNotConnected(gateway.Address, exception.Message);
                }
            }

            // A gateway that is there again right away gets no more than its share of attempts.
            await Task.Delay(_settings.Connection.ConnectionRetryDelay, _settings.Time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Adopt(Gateway gateway, Connection connection)
    {
        lock (_gate)
        {
            gateway.Connection = connection;
            gateway.IsLeaving = false;
            Publish_NeedsLock();
        }

        LogConnected(gateway.Address);
    }

    private bool TryForget(Gateway gateway)
    {
        lock (_gate)
        {
            return !gateway.IsListed && _gateways.Remove(gateway.Address);
        }
    }

    private async Task LearnGrainTypesAsync(Connection connection)
    {
        var number = Interlocked.Increment(ref _lastNumber);
        var answer = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked[number] = (connection, answer);
        try
        {
            var question = OutgoingFrame.Rent(FrameKind.Control, number);
            question.Write([ControlTopic.GrainTypes]);
            if (connection.TrySend(question) != SendOutcome.Queued)
            {
                question.Return();
                throw new ConnectionFailedException($"The connection to {connection.Peer} was lost.");
            }

            var list = await answer.Task.WaitAsync(_settings.Connection.OpenConnectionTimeout, _settings.Time, _stopping.Token);
            _grainTypes.Set(GrainTypeListFormat.Read(list));
        }
        finally
        {
            _asked.TryRemove(number, out _);
        }
    }

    private void ReceiveAnswer(Connection connection, in IncomingFrame frame)
    {
        if (_asked.TryGetValue(frame.CorrelationId, out var asked) && ReferenceEquals(asked.Connection, connection) && !frame.Body.IsEmpty && frame.Body.FirstSpan[0] == ControlStatus.Answered)
        {
            asked.Answer.TrySetResult(frame.Body.Slice(1).ToArray());
        }
    }

    [LoggerMessage(1701, LogLevel.Information, "Connected to the gateway {Gateway}.")]
    private partial void LogConnected(SiloAddress gateway);

    [LoggerMessage(1702, LogLevel.Warning, "The gateway {Gateway} can't be reached: {Reason} It is tried again as long as it is listed.")]
    private partial void LogNotConnected(SiloAddress gateway, string reason);

    [LoggerMessage(1703, LogLevel.Information, "The gateway {Gateway} leaves: new calls go to others.")]
    private partial void LogLeaving(SiloAddress gateway);

    [LoggerMessage(1704, LogLevel.Warning, "The list of gateways could not be read; the known ones are used, and it is read again within {Period}.")]
    private partial void LogRefreshFailed(Exception exception, TimeSpan period);
}
