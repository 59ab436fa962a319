using Crescent.Testing;
using Engine.CodeGeneration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Engine.Tests.Runtime;

/// <summary>A silo with the probe grains, and with a clock that a test moves.</summary>
internal sealed class TestSilo : IAsyncDisposable
{
    /// <summary>A grain wakes, calls another, that one answers, the first goes on.</summary>
    private const int PassesOfACall = 4;

    private readonly IHost _host;

    private TestSilo(IHost host, ProbeScript script, ManualTime time)
    {
        _host = host;
        Script = script;
        Time = time;
    }

    public ProbeScript Script { get; }

    public ManualTime Time { get; }

    public IServiceProvider Services => _host.Services;

    public IClusterClient Client => Services.GetRequiredService<IClusterClient>();

    public Catalog Catalog => Services.GetRequiredService<Catalog>();

    public static async Task<TestSilo> StartAsync(Action<ISiloBuilder>? configure = null, bool realTime = false)
    {
        var silo = Create(configure, realTime);
        await silo._host.StartAsync(TestContext.Current.CancellationToken);
        return silo;
    }

    public static TestSilo Create(Action<ISiloBuilder>? configure = null, bool realTime = false)
    {
        var script = new ProbeScript();
        var time = new ManualTime();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.SetMinimumLevel(LogLevel.None);
        if (!realTime)
        {
            builder.Services.AddSingleton<TimeProvider>(time);
        }

        builder.UseOrleans(silo =>
        {
            silo.Services.AddSingleton(script);
            silo.Services.Replace(ServiceDescriptor.Singleton(Manifest()));
            configure?.Invoke(silo);
        });
        return new TestSilo(builder.Build(), script, time);
    }

    public Task StartHostAsync() => _host.StartAsync(TestContext.Current.CancellationToken);

    public Task StopAsync(CancellationToken token = default) => _host.StopAsync(token);

    public IProbe Probe(string key = "one") => Client.GetGrain<IProbe>(key, typeof(ProbeGrain).FullName);

    public IProbe ReentrantProbe(string key = "one") => Client.GetGrain<IProbe>(key, typeof(ReentrantProbeGrain).FullName);

    public IProbe LastingProbe(string key = "one") => Client.GetGrain<IProbe>(key, typeof(LastingProbeGrain).FullName);

    public async ValueTask DisposeAsync()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await StopAsync(soon.Token);
        _host.Dispose();
    }

    /// <summary>Moves the clock step by step until something is so; what the steps set off runs in between.</summary>
    public async Task AdvanceUntil(TimeSpan step, Func<bool> isSo)
    {
        // What was set off before sets its timers by the time at which it was.
        await Settle();
        for (var steps = 0; !isSo(); steps++)
        {
            Assert.True(steps < 10_000, "It did not become so.");
            Time.Advance(step);
            await Settle();
        }
    }

    /// <summary>Lets what the grains have in their mailboxes run, and the calls that they make of each other.</summary>
    public async Task Settle()
    {
        for (var pass = 0; pass < PassesOfACall; pass++)
        {
            foreach (var activation in Catalog.Activations)
            {
                var passed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                activation.Scheduler.QueueAction(passed.SetResult);
                await passed.Task.WaitAsync(TestContext.Current.CancellationToken);
            }
        }
    }

    public static TypeManifestBuilder Manifest()
    {
        // What the generator made of this assembly, with the probe's calls in place of the generated ones.
        var manifest = TypeManifests.Load([typeof(TestSilo).Assembly, typeof(ISiloBuilder).Assembly, typeof(Grain).Assembly]);
        ProbeCall.Register(manifest);
        return manifest;
    }
}
