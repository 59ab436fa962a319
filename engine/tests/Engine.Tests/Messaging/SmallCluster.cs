using System.Collections.Concurrent;
using System.Net;
using Engine.Tests.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.TestingHost;

namespace Engine.Tests.Messaging;

/// <summary>Silos of one process that talk over sockets; which of them know which view of the cluster is up to the test.</summary>
internal sealed class SmallCluster : IAsyncDisposable
{
    private readonly List<IHost> _clients = [];
    private readonly Action<ISiloBuilder> _configure;
    private long _version;

    private SmallCluster(Action<ISiloBuilder> configure) => _configure = configure;

    public RoamerScript Script { get; } = new();

    public List<ClusterSilo> Silos { get; } = [];

    public static async Task<SmallCluster> StartAsync(int silos, Action<ISiloBuilder>? configure = null)
    {
        var cluster = new SmallCluster(configure ?? (_ => { }));
        for (var i = 0; i < silos; i++)
        {
            await cluster.AddSiloAsync();
        }

        cluster.Install([.. cluster.Silos]);
        return cluster;
    }

    public async Task<ClusterSilo> AddSiloAsync(Action<ISiloBuilder>? configure = null)
    {
        var silo = await ClusterSilo.StartAsync(Script, _configure + configure);
        Silos.Add(silo);
        return silo;
    }

    /// <summary>Gives all silos a new view in which these are active.</summary>
    public ClusterView Install(params ClusterSilo[] active)
    {
        var view = CreateView(active);
        foreach (var silo in Silos)
        {
            silo.Views.Install(view);
        }

        return view;
    }

    /// <summary>A newer view than all before, which no silo has yet.</summary>
    public ClusterView CreateView(params ClusterSilo[] active) => new(
        ++_version,
        Silos.Select(silo => new SiloMember(silo.Address, "silo", "host", StatusOf(silo, active), silo.GatewayPort, DateTime.UnixEpoch)));

    /// <summary>A key of a roamer that the silo owns, in the silo's own view if no other is given.</summary>
    public string KeyOn(ClusterSilo silo, int number = 0, ClusterView? view = null)
    {
        view ??= silo.Views.Current;
        Assert.Contains(silo, Silos);
        for (var i = 0; ; i++)
        {
            Assert.True(i < 10_000, "The silo owns nothing.");
            var key = $"key-{i}";
            if (silo.Address.Equals(view.OwnerOf(GrainId.Create("roamer", key))) && number-- == 0)
            {
                return key;
            }
        }
    }

    public async Task<IClusterClient> StartClientAsync(Action<IClientBuilder>? configure = null, params ClusterSilo[] gateways)
    {
        var host = await StartClientAtAsync([.. (gateways.Length == 0 ? Silos : [.. gateways]).Select(silo => silo.GatewayPort)], configure);
        _clients.Add(host);
        return host.Services.GetRequiredService<IClusterClient>();
    }

    /// <summary>A client of any port; it is its caller's.</summary>
    public static Task<IHost> StartClientAtAsync(int gatewayPort) => StartClientAtAsync([gatewayPort], null);

    private static async Task<IHost> StartClientAtAsync(int[] gatewayPorts, Action<IClientBuilder>? configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.UseOrleansClient(client =>
        {
            client.UseLocalhostClustering(gatewayPorts);
            configure?.Invoke(client);
        });
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return host;
    }

    private static SiloStatus StatusOf(ClusterSilo silo, ClusterSilo[] active) =>
        silo.IsKilled ? SiloStatus.Dead : active.Contains(silo) ? SiloStatus.Active : SiloStatus.Stopping;

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            await client.StopAsync();
            client.Dispose();
        }

        foreach (var silo in Silos)
        {
            await silo.DisposeAsync();
        }
    }
}

/// <summary>One silo of a <see cref="SmallCluster"/>.</summary>
internal sealed class ClusterSilo : IAsyncDisposable
{
    private readonly IHost _host;
    private bool _isStopped;

    private ClusterSilo(IHost host, TestViews views, int gatewayPort)
    {
        _host = host;
        Views = views;
        GatewayPort = gatewayPort;
        views.Catalog = Services.GetRequiredService<Catalog>();
    }

    public IServiceProvider Services => _host.Services;

    public TestViews Views { get; }

    public int GatewayPort { get; }

    public bool IsKilled { get; private set; }

    public SiloAddress Address => Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;

    public string Name => Address.ToParsableString();

    public IClusterClient Client => Services.GetRequiredService<IClusterClient>();

    public ISiloControl Control => Services.GetRequiredService<ISiloControl>();

    public static async Task<ClusterSilo> StartAsync(RoamerScript script, Action<ISiloBuilder> configure)
    {
        var views = new TestViews();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.SetMinimumLevel(LogLevel.None);
        var ports = FreePorts.Take(2);
        var (siloPort, gatewayPort) = (ports[0], ports[1]);
        builder.UseOrleans(silo =>
        {
            SiloServices.AddNetwork(silo.Services);
            silo.Configure<EndpointOptions>(options => (options.AdvertisedIPAddress, options.SiloPort, options.GatewayPort) = (IPAddress.Loopback, siloPort, gatewayPort));
            silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = ("dev", "dev"));
            silo.Services.AddSingleton(script);
            silo.Services.Replace(ServiceDescriptor.Singleton<IClusterViews>(views));
            silo.Services.Replace(ServiceDescriptor.Singleton<IHandOver>(views));
            silo.Services.Replace(ServiceDescriptor.Singleton(TestSilo.Manifest()));
            silo.AddGrainExtension<ICountingExtension, CountingExtension>();
            configure(silo);
        });
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new ClusterSilo(host, views, gatewayPort);
    }

    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        _isStopped = true;
        await _host.StopAsync(cancellationToken);
    }

    /// <summary>Ends it as if its process had been killed.</summary>
    public async Task KillAsync()
    {
        _isStopped = true;
        IsKilled = true;
        await Services.GetRequiredService<SiloNetwork>().DisposeAsync();
        Services.GetRequiredService<SiloDispatcher>().Close();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_isStopped)
        {
            using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            await StopAsync(soon.Token);
        }

        if (_host is IAsyncDisposable host)
        {
            await host.DisposeAsync();
        }
    }
}

/// <summary>The views of a silo, as its test sets them.</summary>
internal sealed class TestViews : IClusterViews, IHandOver
{
    private readonly ConcurrentDictionary<GrainId, Task> _gates = new();

    public Catalog? Catalog { get; set; }

    public ClusterView Current { get; private set; } = ClusterView.Empty;

    /// <summary>What a refresh finds.</summary>
    public ClusterView? Newer { get; set; }

    public int Refreshes { get; private set; }

    public bool IsSuspended { get; set; }

    public event Action<ClusterView>? Changed;

    public void Install(ClusterView view)
    {
        Current = view;
        Changed?.Invoke(view);
        foreach (var activation in Catalog?.Activations.ToArray() ?? [])
        {
            if (!Catalog!.Owns(activation.GrainId))
            {
                activation.Deactivate(new(DeactivationReasonCode.ShuttingDown, "The grain has moved"));
            }
        }
    }

    public void Close(GrainId grain, Task until) => _gates[grain] = until;

    public ValueTask RefreshAsync(long atLeast, CancellationToken cancellationToken)
    {
        Refreshes++;
        if (Newer is { } newer)
        {
            Install(newer);
        }

        return ValueTask.CompletedTask;
    }

    public Task? Gate(GrainId grain) => _gates.GetValueOrDefault(grain);
}
