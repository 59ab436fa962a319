using System.Collections.Concurrent;
using Crescent.Testing;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Runtime.Networking;

namespace Engine.Tests.Messaging;

/// <summary>Calls while everything around them changes: each ends once, with its own answer or an error that says what is known, and nothing is left over.</summary>
public sealed class UnrestTests
{
    private const int Lanes = 48;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calls_WhileGrainsMove_AllGetTheirOwnAnswers()
    {
        await using var cluster = await SmallCluster.StartAsync(3);
        var client = await cluster.StartClientAsync(gateways: cluster.Silos[0]);
        using var rest = new CancellationTokenSource();
        var outcomes = new ConcurrentDictionary<string, int>();

        var lanes = Enumerable.Range(0, Lanes).Select(lane => CallAsync(lane % 4 == 3 ? client : cluster.Silos[lane % 4].Client, lane, outcomes, rest.Token)).ToList();
        for (var round = 0; round < 60; round++)
        {
            var view = cluster.CreateView([.. cluster.Silos.Where((_, number) => round % 4 == 3 || number != round % 3)]);
            foreach (var silo in cluster.Silos)
            {
                silo.Views.Newer = view;
                silo.Views.Install(view);
                await CallOnceAsync(cluster.Silos[round % 3].Client, $"between-{round}");
            }
        }

        await rest.CancelAsync();
        await Task.WhenAll(lanes).WaitAsync(Patience, Token);

        // While silos disagree a call may be passed on too often; nothing else may happen.
        Assert.True(outcomes.GetValueOrDefault("answered") > 500, Describe(outcomes));
        Assert.All(outcomes.Keys, outcome => Assert.Contains(outcome, new[] { "answered", nameof(OrleansMessageRejectionException) }));
        await NothingIsLeft(cluster);
    }

    [Fact]
    public async Task Calls_WhileConnectionsAreCut_AllEnd()
    {
        var cuts = new Cuts();
        await using var cluster = await SmallCluster.StartAsync(3, silo =>
        {
            silo.Services.AddSingleton<IFrameFaults>(cuts);
            silo.Configure<ConnectionOptions>(options => options.ConnectionRetryDelay = TimeSpan.FromMilliseconds(20));
        });
        using var rest = new CancellationTokenSource();
        var outcomes = new ConcurrentDictionary<string, int>();

        var lanes = Enumerable.Range(0, Lanes).Select(lane => CallAsync(cluster.Silos[lane % 3].Client, lane, outcomes, rest.Token)).ToList();
        for (var round = 0; round < 40; round++)
        {
            cuts.Cut = cluster.Silos[round % 3].Address;
            await CallOnceAsync(cluster.Silos[round % 3].Client, cluster.KeyOn(cluster.Silos[round % 3]));
            cuts.Cut = null;
            await Eventually.TrueAsync(() => ReachesAll(cluster, round), Token);
        }

        await rest.CancelAsync();
        await Task.WhenAll(lanes).WaitAsync(Patience, Token);

        Assert.True(outcomes.GetValueOrDefault("answered") > 500, Describe(outcomes));
        Assert.All(outcomes.Keys, outcome => Assert.Contains(outcome, new[] { "answered", nameof(SiloUnavailableException) }));
        await NothingIsLeft(cluster);
    }

    private static async Task CallAsync(IGrainFactory grains, int lane, ConcurrentDictionary<string, int> outcomes, CancellationToken rest)
    {
        for (var i = 0; !rest.IsCancellationRequested; i++)
        {
            var outcome = await CallOnceAsync(grains, $"roaming-{(lane * 7 + i) % 64}");
            outcomes.AddOrUpdate(outcome, 1, static (_, count) => count + 1);
        }
    }

    /// <returns>"answered", or the exception.</returns>
    private static async Task<string> CallOnceAsync(IGrainFactory grains, string key)
    {
        var text = $"{Guid.NewGuid()}";
        try
        {
            var answer = await grains.GetGrain<IRoamer>(key).Echo(new Parcel { Text = text });
            Assert.Equal(text, answer.Text);
            return "answered";
        }
        catch (OrleansException exception)
        {
            return exception.GetType().Name;
        }
    }

    private static async Task<bool> ReachesAll(SmallCluster cluster, int round)
    {
        foreach (var other in cluster.Silos)
        {
            if (await CallOnceAsync(cluster.Silos[round % 3].Client, cluster.KeyOn(other)) != "answered")
            {
                return false;
            }
        }

        return true;
    }

    private static Task NothingIsLeft(SmallCluster cluster) => Eventually.TrueAsync(
        () => Task.FromResult(cluster.Silos.All(silo => silo.Services.GetRequiredService<SiloNetwork>() is { Asking: 0, Answering: 0 })), Token);

    private static string Describe(ConcurrentDictionary<string, int> outcomes) => string.Join(", ", outcomes.Select(outcome => $"{outcome.Key}: {outcome.Value}"));

    private sealed class Cuts : IFrameFaults
    {
        /// <summary>The silo that nobody reaches.</summary>
        public SiloAddress? Cut { get; set; }

        public FrameFault OnSend(SiloAddress from, SiloAddress to, FrameKind kind) => default;

        public bool IsCut(SiloAddress from, SiloAddress to) => Cut is { } cut && (cut.Equals(from) || cut.Equals(to));
    }
}
