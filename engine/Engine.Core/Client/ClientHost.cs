using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Orleans.Runtime;

/// <summary>Connects the client with its host and disconnects it. Services registered after it start once it is connected.</summary>
internal sealed partial class ClientHost(
    GatewayConnections connections,
    ClientDispatcher dispatcher,
    IClientConnectionRetryFilter retries,
    IEnumerable<IConfigurationValidator> validators,
    IEnumerable<IOutgoingGrainCallFilter> filters,
    ILogger<ClientHost> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var validator in validators)
        {
            validator.ValidateConfiguration();
        }

        while (true)
        {
            try
            {
                await connections.ConnectAsync(cancellationToken);
                break;
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                LogNotConnected(exception.Message);
                if (!await retries.ShouldRetryConnectionAttempt(exception, cancellationToken))
                {
                    throw;
                }
            }
        }

        connections.Start();
        dispatcher.Open(filters);
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        dispatcher.Close();
        return connections.StopAsync(cancellationToken);
    }

    [LoggerMessage(1721, LogLevel.Warning, "The client could not connect to its cluster: {Reason}")]
    private partial void LogNotConnected(string reason);
}
