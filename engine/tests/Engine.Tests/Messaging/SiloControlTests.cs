using System.Text;
using Orleans.Runtime;

namespace Engine.Tests.Messaging;

public sealed class SiloControlTests
{
    private const byte Topic = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AskAsync_AnotherSiloOrItself_IsAnsweredByTheHandler()
    {
        await using var cluster = await SmallCluster.StartAsync(2);
        foreach (var silo in cluster.Silos)
        {
            silo.Control.Handle(Topic, (sender, body, _) => ValueTask.FromResult<byte[]?>(Encoding.UTF8.GetBytes($"{sender} {body.Length} {silo.Name}")));
        }

        foreach (var silo in cluster.Silos)
        {
            var answer = await cluster.Silos[0].Control.AskAsync(silo.Address, Topic, new byte[3], Patience, Token);
            Assert.Equal($"{cluster.Silos[0].Address} 3 {silo.Name}", Encoding.UTF8.GetString(answer));
        }
    }

    [Fact]
    public async Task AskAsync_HandlerThrowsOrIsMissing_SiloUnavailable()
    {
        await using var cluster = await SmallCluster.StartAsync(2);
        cluster.Silos[1].Control.Handle(Topic, (_, _, _) => throw new InvalidOperationException("not today"));

        var thrown = await Assert.ThrowsAsync<SiloUnavailableException>(() => cluster.Silos[0].Control.AskAsync(cluster.Silos[1].Address, Topic, default, Patience, Token));
        var missing = await Assert.ThrowsAsync<SiloUnavailableException>(() => cluster.Silos[0].Control.AskAsync(cluster.Silos[1].Address, Topic + 1, default, Patience, Token));

        Assert.Contains("not today", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("no handler", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AskAsync_HandlerGivesNoAnswer_TimesOut()
    {
        await using var cluster = await SmallCluster.StartAsync(2);
        cluster.Silos[1].Control.Handle(Topic, (_, _, _) => ValueTask.FromResult<byte[]?>(null));

        await Assert.ThrowsAsync<TimeoutException>(() => cluster.Silos[0].Control.AskAsync(cluster.Silos[1].Address, Topic, default, TimeSpan.FromMilliseconds(200), Token));
    }

    [Fact]
    public async Task AskAsync_SiloIsLost_SiloUnavailable()
    {
        await using var cluster = await SmallCluster.StartAsync(2);
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        cluster.Silos[1].Control.Handle(Topic, (_, _, _) =>
        {
            asked.TrySetResult();
            return ValueTask.FromResult<byte[]?>(null);
        });
        var answer = cluster.Silos[0].Control.AskAsync(cluster.Silos[1].Address, Topic, default, Patience, Token);
        await asked.Task.WaitAsync(Patience, Token);

        await cluster.Silos[1].KillAsync();

        await Assert.ThrowsAsync<SiloUnavailableException>(() => answer);
        await Assert.ThrowsAsync<SiloUnavailableException>(() => cluster.Silos[0].Control.AskAsync(cluster.Silos[1].Address, Topic, default, Patience, Token));
    }

    [Fact]
    public async Task Tell_AnotherSilo_ReachesItsHandler()
    {
        await using var cluster = await SmallCluster.StartAsync(2);
        var told = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        cluster.Silos[1].Control.Handle(Topic, (_, body, _) =>
        {
            told.TrySetResult(Encoding.UTF8.GetString(body.Span));
            return ValueTask.FromResult<byte[]?>(null);
        });

        cluster.Silos[0].Control.Tell(cluster.Silos[1].Address, Topic, "news"u8.ToArray());

        Assert.Equal("news", await told.Task.WaitAsync(Patience, Token));
    }
}
