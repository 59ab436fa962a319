namespace Orleans;

/// <summary>Told when a client has lost its last gateway.</summary>
public delegate void ConnectionToClusterLostHandler(object sender, EventArgs e);

/// <summary>Told when the number of gateways that a client is connected to has changed.</summary>
public delegate void GatewayCountChangedHandler(object sender, GatewayCountChangedEventArgs e);

/// <summary>How many gateways a client is connected to.</summary>
public class GatewayCountChangedEventArgs(int currentNumberOfConnectedGateways, int previousNumberOfConnectedGateways) : EventArgs
{
    public int NumberOfConnectedGateways { get; } = currentNumberOfConnectedGateways;

    public int PreviousNumberOfConnectedGateways { get; } = previousNumberOfConnectedGateways;

    /// <summary>There was none, and now there is.</summary>
    public bool ConnectionRecovered => NumberOfConnectedGateways > 0 && PreviousNumberOfConnectedGateways <= 0;
}

/// <summary>Says whether a client that could not connect when it started tries again; it may wait before it answers.</summary>
public interface IClientConnectionRetryFilter
{
    Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken);
}
