using Orleans.Behaviours.Support;

namespace Orleans.Behaviours.Messages;

public interface ICancellableGrain : IGrainWithStringKey
{
    Task Hold(string gate, CancellationToken cancellationToken);

    Task HoldThrough(ICancellableGrain other, string gate, CancellationToken cancellationToken);

    Task<bool> IsCancelled(CancellationToken cancellationToken = default);
}

public sealed class CancellableGrain : Grain, ICancellableGrain
{
    public async Task Hold(string gate, CancellationToken cancellationToken)
    {
        using var cancelled = cancellationToken.Register(() => Trace.Of(this.GetPrimaryKeyString()).Add("cancelled"));
        await Gate.Named(gate).PassAsync();
    }

    public Task HoldThrough(ICancellableGrain other, string gate, CancellationToken cancellationToken) => other.Hold(gate, cancellationToken);

    public Task<bool> IsCancelled(CancellationToken cancellationToken = default) => Task.FromResult(cancellationToken.IsCancellationRequested);
}
