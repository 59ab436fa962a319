using System.Collections.ObjectModel;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Messaging;
using Orleans.Runtime;
using Orleans.Runtime.Networking;

namespace Orleans.TestingHost;

/// <summary>
/// The silos and the client that the two kinds of test cluster share. Silos talk over sockets, as those of many processes do;
/// they share a membership table in memory, unless their configuration says otherwise.
/// </summary>
internal sealed class SiloGroup(string clusterId, string serviceId) : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(10);

    private readonly MemoryMembershipTable _table = new();
    private readonly List<InProcessSiloHandle> _silos = [];
    private readonly List<InProcessSiloHandle> _ended = [];
    private short _started;
    private IHost? _client;

    /// <summary>Configures the host of a silo, by its name.</summary>
    public required Action<HostApplicationBuilder, string> ConfigureHost { get; init; }

    /// <summary>Configures a silo, by its name.</summary>
    public required Action<ISiloBuilder, string> ConfigureSilo { get; init; }

    public required Action<IClientBuilder> ConfigureClient { get; init; }

    /// <summary>What disturbs the silos' messages to one another.</summary>
    public SiloFaults Faults { get; } = new();

    /// <summary>Those that run.</summary>
    public ReadOnlyCollection<InProcessSiloHandle> Silos => _silos.AsReadOnly();

    public IClusterClient Client => (_client ?? throw new InvalidOperationException("The cluster has no client yet: deploy it first.")).Services.GetRequiredService<IClusterClient>();

    public IServiceProvider ServicesOf(SiloAddress? address)
    {
        var silo = address is null ? _silos.FirstOrDefault() : _silos.Find(s => s.SiloAddress.Equals(address));
        return silo?.ServiceProvider ?? throw new InvalidOperationException(address is null ? "The cluster has no silo." : $"The cluster has no silo {address}.");
    }

    /// <summary>Starts the silos a cluster begins with.</summary>
    public async Task StartAsync(int count)
    {
        for (var i = 0; i < count; i++)
            await StartSiloAsync();
        await WhenAllAgreeAsync();
    }

    /// <summary>Starts one more silo.</summary>
    public Task<InProcessSiloHandle> StartSiloAsync()
    {
        var number = _started++;
        return StartSiloAsync(number, number == 0 ? "Primary" : $"Secondary_{number}", FreePorts.Take(2));
    }

    /// <summary>Starts a silo in place of another one, which is stopped if it still runs.</summary>
    public async Task<InProcessSiloHandle> RestartSiloAsync(InProcessSiloHandle former)
    {
        await StopSiloAsync(former);
        return await StartSiloAsync(former.InstanceNumber, former.Name, former.Ports);
    }

    /// <summary>Stops a silo, with or without letting it say goodbye.</summary>
    public async Task StopSiloAsync(InProcessSiloHandle silo, bool stopGracefully = true)
    {
        await silo.StopSiloAsync(stopGracefully);
        if (_silos.Remove(silo))
            _ended.Add(silo);
    }

    public async Task StartClientAsync()
    {
        await StopClientAsync();
        var builder = NewHost();
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (clusterId, serviceId));
            client.Services.AddSingleton<IGatewayListProvider>(new TableGateways(_table));
            ConfigureClient(client);
        });
        _client = builder.Build();
        await _client.StartAsync();
    }

    public async Task StopClientAsync()
    {
        if (_client is not { } client)
            return;
        _client = null;
        await client.StopAsync();
        await ((IAsyncDisposable)client).DisposeAsync();
    }

    /// <summary>Waits until all silos that run have the same view: those that run, and no others, are active.</summary>
    public async Task WhenAllAgreeAsync()
    {
        using var patience = new CancellationTokenSource(s_patience);
        using var timer = new PeriodicTimer(s_look);
        while (!_silos.TrueForAll(AgreesWithAll))
        {
            try
            {
                await timer.WaitForNextTickAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"The silos don't agree within {s_patience} on who is active: {string.Join("; ", _silos.Select(silo => $"{silo} sees {string.Join(", ", ViewOf(silo).Active)}"))}.");
            }
        }
    }

    /// <summary>Stops the client, then the silos, the first one last, and lets their grains finish.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopClientAsync();
        foreach (var silo in _silos.AsEnumerable().Reverse().ToArray())
            await StopSiloAsync(silo);
        foreach (var silo in _ended)
            await silo.DisposeAsync();
        _ended.Clear();
    }

    private static ClusterView ViewOf(InProcessSiloHandle silo) => silo.ServiceProvider.GetRequiredService<IClusterViews>().Current;

    private bool AgreesWithAll(InProcessSiloHandle silo) =>
        ViewOf(silo).Active is var active && active.Length == _silos.Count && _silos.TrueForAll(other => active.Contains(other.SiloAddress));

    private async Task<InProcessSiloHandle> StartSiloAsync(short number, string name, int[] ports)
    {
        var builder = NewHost();
        ConfigureHost(builder, name);
        builder.UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (clusterId, serviceId));
            silo.Configure<SiloOptions>(options => options.SiloName = name);
            silo.Configure<EndpointOptions>(options => (options.AdvertisedIPAddress, options.SiloPort, options.GatewayPort) = (IPAddress.Loopback, ports[0], ports[1]));

            // What stays on one silo shows what would fail between two.
            silo.Configure<CallDiagnosticsOptions>(options => options.RoundTripsCalls = true);
            silo.Services.AddSingleton<IMembershipTable>(_table);
            silo.Services.AddSingleton<IFrameFaults>(Faults);
            silo.Services.AddSingleton<IFatalError, EndOfSilo>();
            ClusteringServices.AddTo(silo.Services);
            ConfigureSilo(silo, name);
        });

        var host = builder.Build();
        await host.StartAsync();
        InProcessSiloHandle handle = new()
        {
            SiloHost = host,
            Name = name,
            InstanceNumber = number,
            SiloAddress = host.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress,
            Ports = ports,
        };
        _silos.Add(handle);
        return handle;
    }

    private HostApplicationBuilder NewHost()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { ApplicationName = clusterId, EnvironmentName = Environments.Development });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        return builder;
    }
}
