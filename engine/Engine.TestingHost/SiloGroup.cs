using System.Collections.ObjectModel;
using Engine.CodeGeneration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>The silos and the client that the two kinds of test cluster share.</summary>
internal sealed class SiloGroup(string clusterId, string serviceId) : IAsyncDisposable
{
    private readonly List<InProcessSiloHandle> _silos = [];
    private TestClient? _client;

    public ReadOnlyCollection<InProcessSiloHandle> Silos => _silos.AsReadOnly();

    public IClusterClient Client => _client ?? throw new InvalidOperationException("The cluster has no client yet: deploy it first.");

    public IServiceProvider ServicesOf(SiloAddress? address)
    {
        var silo = address is null ? _silos.FirstOrDefault() : _silos.Find(s => s.SiloAddress.Equals(address));
        return silo?.ServiceProvider ?? throw new InvalidOperationException(address is null ? "The cluster has no silo." : $"The cluster has no silo {address}.");
    }

    /// <summary>Starts the silos a cluster begins with.</summary>
    public async Task StartAsync(int count, Action<HostApplicationBuilder, string> configureHost, Action<ISiloBuilder, string> configureSilo)
    {
        if (count != 1)
            throw new NotSupportedException($"A cluster of {count} silos was asked for; this engine has clusters of one silo.");
        for (var i = 0; i < count; i++)
            await StartSiloAsync(configureHost, configureSilo);
    }

    public async Task StartSiloAsync(Action<HostApplicationBuilder, string> configureHost, Action<ISiloBuilder, string> configureSilo)
    {
        var number = (short)_silos.Count;
        var name = number == 0 ? "Primary" : $"Secondary_{number}";
        var builder = Host.CreateEmptyApplicationBuilder(new() { ApplicationName = clusterId, EnvironmentName = Environments.Development });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        configureHost(builder, name);
        builder.UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(options =>
            {
                options.ClusterId = clusterId;
                options.ServiceId = serviceId;
            });

            // One silo shows what would fail between two.
            silo.Configure<CallDiagnosticsOptions>(options => options.RoundTripsCalls = true);
            configureSilo(silo, name);
        });

        var host = builder.Build();
        await host.StartAsync();
        _silos.Add(new()
        {
            SiloHost = host,
            Name = name,
            InstanceNumber = number,
            SiloAddress = host.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress,
        });
    }

    /// <summary>Starts the client: its own services, and the way to the grains that the silo offers within its process.</summary>
    public void StartClient(Action<IClientBuilder> configure)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddOptions();
        services.AddSingleton(TimeProvider.System);
        configure(new TestClientBuilder(services));
        var silo = ServicesOf(null);
        var dispatcher = new ClientDispatcher(silo.GetRequiredService<CallDispatcher>());
        _client = new TestClient(services, new GrainFactory(silo.GetRequiredService<TypeManifestBuilder>(), silo.GetRequiredService<GrainClassMap>(), dispatcher));
    }

    public async Task StopClientAsync()
    {
        if (_client is { } client)
            await client.DisposeAsync();
        _client = null;
    }

    /// <summary>Stops the client, then the silos, and lets their grains finish.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopClientAsync();
        foreach (var silo in _silos)
            await silo.DisposeAsync();
        _silos.Clear();
    }

    private sealed class TestClientBuilder(IServiceCollection services) : IClientBuilder
    {
        public IServiceCollection Services => services;
        public IConfiguration Configuration { get; } = new ConfigurationBuilder().Build();
    }
}
