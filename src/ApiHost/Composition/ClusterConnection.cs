namespace Crescent.ApiHost.Composition;

/// <summary>Whether any silo can be reached, as the client tells it.</summary>
internal sealed class ClusterConnection
{
    volatile bool _isLost;

    public bool IsLost => _isLost;

    public void OnLost(object? sender, EventArgs args) => _isLost = true;

    public void OnGatewaysChanged(object? sender, GatewayCountChangedEventArgs args) => _isLost = args.NumberOfConnectedGateways == 0;
}
