using Crescent.ApiHost.Grains;

namespace Crescent.ApiHost.Composition;

/// <summary>Whether any silo can be reached, as the client tells it.</summary>
internal sealed class ClusterConnection(IHostApplicationLifetime lifetime) : ISiloLink
{
    volatile bool _isLost;

    /// <summary>The host has not started until it reached a silo for the first time.</summary>
    public bool IsLost => _isLost || !lifetime.ApplicationStarted.IsCancellationRequested;

    public void OnLost(object? sender, EventArgs args) => _isLost = true;

    public void OnGatewaysChanged(object? sender, GatewayCountChangedEventArgs args) => _isLost = args.NumberOfConnectedGateways == 0;
}
