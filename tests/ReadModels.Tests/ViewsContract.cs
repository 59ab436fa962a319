namespace Crescent.ReadModels.Tests;

/// <summary>Tests that hold wherever the read models are.</summary>
public abstract class ViewsContract<TFixture> : IAsyncLifetime where TFixture : ViewsFixture, new()
{
    private protected readonly TFixture _fixture = new();

    private protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _fixture.StartAsync();

    public ValueTask DisposeAsync()
    {
        _fixture.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
