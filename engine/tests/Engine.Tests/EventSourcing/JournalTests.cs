using Engine.CodeGeneration;
using Engine.Tests.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Hosting;
using Orleans.Storage;

namespace Engine.Tests.EventSourcing;

public sealed class JournalTests
{
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(10);
    private readonly TallyScript _script = new();

    [Fact]
    public async Task Write_ThatKeepsThrowing_IsTriedAgainAtOnceAndThenAfterGrowingDelays()
    {
        await using var silo = await StartAsync();
        _script.Write = n => n > 6 ? true : throw new IOException("The storage is down.");

        var bump = Grain(silo).Bump();
        await silo.AdvanceUntil(s_step, () => bump.IsCompleted);

        await bump;
        Assert.Equal([0, 100, 150, 225, 337.5, 506.25], _script.Issues.Select(i => i.RetryDelay.TotalMilliseconds));
        Assert.Equal([1, 2, 3, 4, 5, 6], _script.Issues.Select(i => i.NumberOfConsecutiveFailures));
        Assert.All(_script.Issues, i => Assert.Equal(_script.Issues[0].TimeStamp, i.TimeOfFirstFailure));
        Assert.Equal(1, _script.Resolved);
    }

    [Fact]
    public async Task Write_ThatThrowsForLong_IsTriedAgainEveryTenSeconds()
    {
        await using var silo = await StartAsync();
        _script.Write = n => n > 20 ? true : throw new IOException("The storage is down.");

        var bump = Grain(silo).BumpConditionally();
        await silo.AdvanceUntil(TimeSpan.FromSeconds(1), () => _script.Writes > 20);

        Assert.Equal(TimeSpan.FromSeconds(10), _script.Issues[^1].RetryDelay);
        Assert.All(_script.Issues, i => Assert.True(i.RetryDelay <= TimeSpan.FromSeconds(10)));
        await Assert.ThrowsAsync<TimeoutException>(() => bump);
    }

    [Fact]
    public async Task RetryDelay_ChangedByTheGrain_IsUsed()
    {
        await using var silo = await StartAsync();
        _script.Write = n => n > 1 ? true : throw new IOException("The storage is down.");
        _script.OnIssue = issue => issue.RetryDelay = TimeSpan.FromSeconds(20);
        var before = silo.Time.GetUtcNow();

        var bump = Grain(silo).Bump();
        await silo.AdvanceUntil(TimeSpan.FromSeconds(1), () => bump.IsCompleted);

        await bump;
        Assert.InRange((silo.Time.GetUtcNow() - before).TotalSeconds, 20, 25);
    }

    [Fact]
    public async Task Write_RefusedAlthoughNothingHasChanged_IsTriedAgainAfterADelay()
    {
        await using var silo = await StartAsync();
        _script.Write = n => n > 3;
        var before = silo.Time.GetUtcNow();

        var bump = Grain(silo).Bump();
        await silo.AdvanceUntil(s_step, () => bump.IsCompleted);

        await bump;
        Assert.Equal(4, _script.Writes);
        Assert.InRange((silo.Time.GetUtcNow() - before).TotalMilliseconds, 250, 1000);
    }

    [Fact]
    public async Task OnStateChanged_AfterAWriteOfThisActivation_IsCalledTwice()
    {
        await using var silo = await StartAsync();

        await Grain(silo).Bump();

        Assert.Equal(2, _script.StateChanges);
    }

    [Fact]
    public async Task Deactivation_WhileTheStorageFails_EndsAtItsTimeoutAndTriesNoMore()
    {
        await using var silo = await StartAsync();
        _script.Write = static _ => throw new IOException("The storage is down.");

        await Grain(silo).BumpAndDeactivate();
        await silo.AdvanceUntil(TimeSpan.FromSeconds(1), () => !silo.Catalog.Activations.Any());
        silo.Time.Advance(TimeSpan.FromSeconds(20));
        var writes = _script.Writes;
        silo.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(writes, _script.Writes);
    }

    [Fact]
    public async Task Activation_WhoseStorageCannotBeRead_EndsAtItsTimeoutAndTriesNoMore()
    {
        await using var silo = await StartAsync();
        _script.StoredVersion = TallyScript.Unreadable;

        var version = Grain(silo).Version();
        await silo.AdvanceUntil(TimeSpan.FromSeconds(1), () => !silo.Catalog.Activations.Any());
        await Assert.ThrowsAnyAsync<Exception>(() => version);
        var issues = _script.Issues.Count;
        silo.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(issues, _script.Issues.Count);
        _script.StoredVersion = 3;
        Assert.Equal(3, await Grain(silo).Version());
    }

    [Fact]
    public async Task Activation_WithoutTheProvider_FailsWithASentenceThatNamesIt()
    {
        await using var silo = await TestSilo.StartAsync(s =>
        {
            s.Services.Replace(ServiceDescriptor.Singleton(TypeManifests.Load()));
            s.Services.AddSingleton(_script);
            s.AddCustomStorageBasedLogConsistencyProvider("another");
        });

        var version = Grain(silo).Version();
        await silo.AdvanceUntil(TimeSpan.FromSeconds(1), () => version.IsCompleted);

        var exception = await Assert.ThrowsAsync<BadProviderConfigException>(() => version);
        Assert.Contains("'Default'", exception.Message, StringComparison.Ordinal);
    }

    private Task<TestSilo> StartAsync() => TestSilo.StartAsync(silo =>
    {
        silo.Services.Replace(ServiceDescriptor.Singleton(TypeManifests.Load()));
        silo.Services.AddSingleton(_script);
        silo.AddCustomStorageBasedLogConsistencyProviderAsDefault();
    });

    private static ITallyGrain Grain(TestSilo silo) => silo.Client.GetGrain<ITallyGrain>("one");
}
