using Orleans.Behaviours.Support;

namespace Orleans.Behaviours.Messages;

[GenerateSerializer]
public sealed class Basket
{
    [Id(0)]
    public string Owner { get; set; } = "";

    [Id(1)]
    public List<string> Items { get; set; } = [];
}

public interface IIsolationGrain : IGrainWithStringKey
{
    Task AddTo(Basket basket, string item);

    Task<int> CountAfterGate(Basket basket, string gate);

    Task Keep(Basket basket);

    Task<Basket> Kept();

    /// <summary>Lets another grain change the argument.</summary>
    Task<int> CountAfterCallTo(IIsolationGrain other, Basket basket);
}

public sealed class IsolationGrain : Grain, IIsolationGrain
{
    private Basket _kept = new();

    public Task AddTo(Basket basket, string item)
    {
        basket.Items.Add(item);
        return Task.CompletedTask;
    }

    public async Task<int> CountAfterGate(Basket basket, string gate)
    {
        await Gate.Named(gate).PassAsync();
        return basket.Items.Count;
    }

    public Task Keep(Basket basket)
    {
        _kept = basket;
        return Task.CompletedTask;
    }

    public Task<Basket> Kept() => Task.FromResult(_kept);

    public async Task<int> CountAfterCallTo(IIsolationGrain other, Basket basket)
    {
        await other.AddTo(basket, "added by the other grain");
        return basket.Items.Count;
    }
}
