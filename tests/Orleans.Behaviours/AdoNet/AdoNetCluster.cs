using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Orleans.Behaviours.AdoNet;

/// <summary>Silos and a client as in production: hosts of their own that know nothing but a database.</summary>
public sealed class AdoNetCluster : IAsyncLifetime
{
    private readonly AdoNetHosts _hosts = new();
    private readonly List<IHost> _silos = [];
    private IHost? _client;

    public AdoNetHosts Hosts => _hosts;

    public IClusterClient Client => _client!.Services.GetRequiredService<IClusterClient>();

    public async ValueTask InitializeAsync()
    {
        await StartSiloAsync("silo-1");
        await StartSiloAsync("silo-2");
        _client = _hosts.BuildClient();
        await _client.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
            await AdoNetHosts.StopAsync(_client);
        foreach (var silo in _silos.AsEnumerable().Reverse())
            await AdoNetHosts.StopAsync(silo);
        _hosts.Dispose();
    }

    /// <summary>Another silo; it ends with the cluster unless it is stopped before.</summary>
    public async Task<IHost> StartSiloAsync(string name)
    {
        var silo = _hosts.BuildSilo(name);
        await silo.StartAsync();
        _silos.Add(silo);
        return silo;
    }

    public Task StopSiloAsync(IHost silo)
    {
        _silos.Remove(silo);
        return AdoNetHosts.StopAsync(silo);
    }

    /// <summary>How many silos of the cluster the table has with a status.</summary>
    public long CountMembers(SiloStatus status) => _hosts.Database.Query<long>(string.Create(
        CultureInfo.InvariantCulture, $"SELECT count(*) FROM OrleansMembershipTable WHERE DeploymentId = '{_hosts.ClusterId}' AND Status = {(int)status}"));
}
