using System.Collections.Concurrent;
using System.Net;
using Crescent.Testing;
using Engine.Tests.Messaging;
using Engine.Tests.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Runtime.Networking;
using Orleans.TestingHost;

namespace Engine.Tests.Membership;

/// <summary>Silos of one process with all that silos have: sockets, probes, votes, hand-over. They share a table.</summary>
internal sealed class LiveCluster : IFrameFaults, IAsyncDisposable
{
    private readonly ConcurrentDictionary<SiloAddress, bool> _cutOff = new();
    private readonly Action<ISiloBuilder> _configure;

    private LiveCluster(Action<ISiloBuilder> configure) => _configure = configure;

    public MemoryMembershipTable Table { get; } = new();

    public RoamerScript Script { get; } = new();

    public List<LiveSilo> Silos { get; } = [];

    public static async Task<LiveCluster> StartAsync(int silos, Action<ISiloBuilder>? configure = null)
    {
        var cluster = new LiveCluster(configure ?? (_ => { }));
        await Task.WhenAll(Enumerable.Range(0, silos).Select(_ => cluster.AddSiloAsync()));
        await cluster.AgreeAsync();
        return cluster;
    }

    public async Task<LiveSilo> AddSiloAsync(IPEndPoint? primary = null, int? port = null)
    {
        var table = new FailingTable(Table);
        var failure = new NotedFailure();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.UseOrleans(silo =>
        {
            if (primary is not null || port is not null)
            {
                silo.UseLocalhostClustering(port ?? FreePorts.TakeOne(), gatewayPort: 0, primary);
            }
            else
            {
                silo.Configure<EndpointOptions>(options => (options.AdvertisedIPAddress, options.SiloPort, options.GatewayPort) = (IPAddress.Loopback, FreePorts.TakeOne(), 0));
                silo.Services.AddSingleton<IMembershipTable>(table);
                ClusteringServices.AddTo(silo.Services);
            }

            silo.Configure<ClusterMembershipOptions>(options => (options.ProbeTimeout, options.MinProbeTimeout) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)));
            silo.Services.AddSingleton(Script);
            silo.Services.AddSingleton<IFrameFaults>(this);
            silo.Services.Replace(ServiceDescriptor.Singleton<IFatalError>(failure));
            silo.Services.Replace(ServiceDescriptor.Singleton(TestSilo.Manifest()));
            _configure(silo);
        });
        var silo = new LiveSilo(builder.Build(), table, failure);
        lock (Silos)
        {
            Silos.Add(silo);
        }

        await silo.StartAsync();
        return silo;
    }

    /// <summary>Waits until all silos that run see just each other.</summary>
    public async Task AgreeAsync()
    {
        var running = Silos.Where(silo => silo.IsRunning).ToList();
        var expected = running.Select(silo => silo.Address).Order().ToList();
        foreach (var silo in running)
        {
            await Eventually.GetAsync(
                () => Task.FromResult(silo.Views.Current), view => view.Active.Order().SequenceEqual(expected), TestContext.Current.CancellationToken);
        }
    }

    /// <summary>A key of a roamer that the silo owns.</summary>
    public static string KeyOn(LiveSilo silo, params ClusterView[] views) => Enumerable.Range(0, 10_000).Select(i => $"key-{i}").First(key =>
        views.Append(silo.Views.Current).All(view => silo.Address.Equals(view.OwnerOf(GrainId.Create("roamer", key)))));

    /// <summary>No silo hears it, and it hears none.</summary>
    public void CutOff(LiveSilo silo) => _cutOff[silo.Address] = true;

    public void Heal() => _cutOff.Clear();

    FrameFault IFrameFaults.OnSend(SiloAddress from, SiloAddress to, FrameKind kind) => default;

    bool IFrameFaults.IsCut(SiloAddress from, SiloAddress to) => !from.Equals(to) && (_cutOff.ContainsKey(from) || _cutOff.ContainsKey(to));

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in Enumerable.Reverse(Silos))
        {
            await silo.DisposeAsync();
        }
    }
}

/// <summary>One silo of a <see cref="LiveCluster"/>.</summary>
internal sealed class LiveSilo(IHost host, FailingTable table, NotedFailure failure) : IAsyncDisposable
{
    private bool _isStopped;

    public IServiceProvider Services => host.Services;

    public FailingTable Table => table;

    public string? Failure => failure.Reason;

    public bool IsRunning => !_isStopped && Failure is null;

    public SiloAddress Address { get; } = host.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;

    public string Name => Address.ToParsableString();

    public IClusterViews Views => Services.GetRequiredService<IClusterViews>();

    public IClusterClient Client => Services.GetRequiredService<IClusterClient>();

    public Task StartAsync() => host.StartAsync(TestContext.Current.CancellationToken);

    public Task<string> WhereAsync(string key) => Client.GetGrain<IRoamer>(key).Where().AsTask();

    public async Task StopAsync()
    {
        _isStopped = true;
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    public async Task KillAsync()
    {
        _isStopped = true;
        await Services.GetRequiredService<Silo>().KillAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_isStopped)
        {
            _isStopped = true;
            using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            await host.StopAsync(soon.Token);
        }

        await ((IAsyncDisposable)host).DisposeAsync();
    }
}

/// <summary>Keeps the reason for which the process would have ended.</summary>
internal sealed class NotedFailure : IFatalError
{
    public string? Reason { get; private set; }

    public void Fail(string reason) => Reason = reason;
}
