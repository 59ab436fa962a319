using Crescent.Silo.Clustered;
using Crescent.Testing;
using Microsoft.Extensions.Hosting;
using NSubstitute;

namespace Crescent.Silo.Tests.Clustered;

public sealed class SiloReadinessTests : IAsyncDisposable
{
    readonly StoreOfASilo _store = new();
    readonly ISiloStatusOracle _members = Substitute.For<ISiloStatusOracle>();
    readonly IHostApplicationLifetime _lifetime = Substitute.For<IHostApplicationLifetime>();

    public SiloReadinessTests() => _members.CurrentStatus.Returns(SiloStatus.Active);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task FindFaultAsync_OfAnActiveSiloThatCanAppend_FindsNone() => Assert.Null(await FindFaultAsync());

    [Theory]
    [InlineData(SiloStatus.Joining)]
    [InlineData(SiloStatus.ShuttingDown)]
    [InlineData(SiloStatus.Dead)]
    public async Task FindFaultAsync_OfASiloThatIsNotActive_SaysWhatItIs(SiloStatus status)
    {
        _members.CurrentStatus.Returns(status);

        Assert.Contains(status.ToString(), await FindFaultAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FindFaultAsync_OfADatabaseThatIsReadOnly_SaysSo()
    {
        await _store.Store.StartAsync(Ct);
        PostgresServer.Instance.Execute("postgres", $"ALTER DATABASE {_store.Database} SET default_transaction_read_only = on");
        try
        {
            // Connections from before keep what they were told.
            PostgresServer.Instance.Disconnect(_store.Database);
            Assert.Equal("The event store can be read only.", await Eventually.GetAsync(FindFaultAsync, static fault => fault is not null, Ct));
        }
        finally
        {
            PostgresServer.Instance.Execute("postgres", $"ALTER DATABASE {_store.Database} RESET default_transaction_read_only");
        }
    }

    [Fact]
    public async Task FindFaultAsync_OfAStoreThatIsClosed_SaysThatItDoesNotAnswer()
    {
        await _store.Store.DisposeAsync();

        Assert.NotNull(await FindFaultAsync());
    }

    [Fact]
    public async Task FindFaultAsync_OfASiloThatStops_SaysSo()
    {
        _lifetime.ApplicationStopping.Returns(new CancellationToken(canceled: true));

        Assert.Contains("stopping", await FindFaultAsync(), StringComparison.Ordinal);
    }

    Task<string?> FindFaultAsync() => new SiloReadiness(_members, _store.Store, _lifetime, TimeProvider.System).FindFaultAsync(Ct);
}
