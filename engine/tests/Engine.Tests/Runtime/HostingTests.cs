using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Engine.Tests.Runtime;

public sealed class HostingTests
{
    [Fact]
    public async Task Start_RunsStagesThenStartupTasksThenLaterServices()
    {
        var order = new ConcurrentQueue<string>();
        await using var silo = await TestSilo.StartAsync(builder =>
        {
            builder.Services.AddSingleton(order);
            builder.AddStartupTask(async (services, _) => order.Enqueue($"task {await services.GetRequiredService<IGrainFactory>().GetGrain<IProbe>("x", typeof(ProbeGrain).FullName).Call(1)}"));
            builder.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, Participant>();
            builder.Services.AddHostedService<LaterService>();
        });
        await silo.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["storage on", "task 1", "service on", "service off", "storage off"], order);
    }

    [Fact]
    public async Task Stop_DeactivatesAllGrains_WithTheReason()
    {
        await using var silo = await TestSilo.StartAsync();
        var reasons = new ConcurrentBag<DeactivationReasonCode>();
        silo.Script.OnDeactivate = (_, reason, _) =>
        {
            reasons.Add(reason.ReasonCode);
            return Task.CompletedTask;
        };
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => silo.Probe($"{i}").Call(i)));

        await silo.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(100, reasons.Count);
        Assert.All(reasons, reason => Assert.Equal(DeactivationReasonCode.ShuttingDown, reason));
        await Assert.ThrowsAsync<SiloUnavailableException>(() => silo.Probe().Call(1));
    }

    [Fact]
    public async Task Stop_WhileACallHangs_EndsWithTheHostsToken_AndRejectsTheCall()
    {
        var silo = await TestSilo.StartAsync();
        var gate = new Gate();
        silo.Script.OnCall = async (_, argument, _) =>
        {
            await gate.Pass();
            return argument;
        };
        var hanging = silo.Probe().Call(1);
        await gate.Arrival();

        await silo.StopAsync(new CancellationToken(canceled: true));

        await Assert.ThrowsAsync<SiloUnavailableException>(() => hanging);
    }

    [Fact]
    public async Task Call_BeforeTheStart_IsRejected()
    {
        await using var silo = TestSilo.Create();

        await Assert.ThrowsAsync<SiloUnavailableException>(() => silo.Probe().Call(1));
    }

    [Fact]
    public async Task WrongOption_StopsTheStart_WithASentence()
    {
        await using var silo = TestSilo.Create(builder => builder.Configure<GrainCollectionOptions>(options => options.CollectionAge = TimeSpan.FromSeconds(1)));

        var thrown = await Assert.ThrowsAsync<OrleansConfigurationException>(silo.StartHostAsync);

        Assert.Contains("CollectionAge", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FailingStartupTask_FailsTheStart_AndStopsWhatHadStarted()
    {
        var order = new ConcurrentQueue<string>();
        await using var silo = TestSilo.Create(builder =>
        {
            builder.Services.AddSingleton(order);
            builder.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, Participant>();
            builder.AddStartupTask((_, _) => throw new InvalidOperationException("no"));
        });

        await Assert.ThrowsAsync<InvalidOperationException>(silo.StartHostAsync);

        Assert.Equal(["storage on", "storage off"], order);
    }

    [Fact]
    public async Task Extension_OfAnActivation_IsMadeOnce_AndRunsInTheGrain()
    {
        await using var silo = await TestSilo.StartAsync(builder => builder.AddGrainExtension<ITagExtension, TagExtension>());

        Assert.Equal(1, await silo.Probe().AsReference<ITagExtension>().Count());
        Assert.Equal(2, await silo.Probe().AsReference<ITagExtension>().Count());
        Assert.Equal(1, await silo.Probe("other").AsReference<ITagExtension>().Count());
    }

    [Fact]
    public async Task Extension_NotInstalled_IsAnExceptionOfItsOwn()
    {
        await using var silo = await TestSilo.StartAsync();

        await Assert.ThrowsAsync<GrainExtensionNotInstalledException>(() => silo.Probe().AsReference<ITagExtension>().Count());
    }

    [Fact]
    public async Task ActivityPropagation_MakesOneTraceOfCallersAndCallees()
    {
        var spans = new ConcurrentBag<Activity>();
        using var root = new Activity("root").Start();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name.StartsWith("Microsoft.Orleans", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                if (span.TraceId == root.TraceId)
                {
                    spans.Add(span);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var silo = await TestSilo.StartAsync(builder => builder.AddActivityPropagation());
        silo.Script.OnCall = async (grain, argument, _) =>
            argument == 0 ? throw new InvalidOperationException("no") : await grain.Factory.GetGrain<IProbe>("below", typeof(ProbeGrain).FullName).Call(argument - 1);

        await Assert.ThrowsAsync<InvalidOperationException>(() => silo.Probe("top").Call(1));

        Assert.Same(root, Activity.Current);
        Assert.Equal(4, spans.Count);
        Assert.All(spans, span => Assert.Equal("IProbe/Call", span.DisplayName));
        Assert.All(spans, span => Assert.Equal(ActivityStatusCode.Error, span.Status));
        var ids = spans.Select(span => span.SpanId).Append(root.SpanId).ToHashSet();
        Assert.All(spans, span => Assert.Contains(span.ParentSpanId, ids));
        Assert.Equal(2, spans.Count(span => span.Kind == ActivityKind.Server));
    }

    private sealed class Participant(ConcurrentQueue<string> order) : ILifecycleParticipant<ISiloLifecycle>
    {
        public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe<Participant>(ServiceLifecycleStage.RuntimeStorageServices, _ => Log("storage on"), _ => Log("storage off"));

        private Task Log(string line)
        {
            order.Enqueue(line);
            return Task.CompletedTask;
        }
    }

    private sealed class LaterService(ConcurrentQueue<string> order) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            order.Enqueue("service on");
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            order.Enqueue("service off");
            return Task.CompletedTask;
        }
    }
}
