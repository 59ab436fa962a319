using Orleans.Concurrency;

namespace Orleans.Behaviours.Messages;

public interface IContextGrain : IGrainWithStringKey
{
    Task<string?> Get(string key);

    Task<string?> GetThrough(IContextGrain other, string key);

    /// <summary>What the other grain sees of a value set here, and what is here of one set there.</summary>
    Task<(string? There, string? Here)> SetAndCall(IContextGrain other, string key);

    Task Set(string key, string value);
}

[Reentrant]
public sealed class ContextGrain : Grain, IContextGrain
{
    public Task<string?> Get(string key) => Task.FromResult(RequestContext.Get(key) as string);

    public Task<string?> GetThrough(IContextGrain other, string key) => other.Get(key);

    public async Task<(string? There, string? Here)> SetAndCall(IContextGrain other, string key)
    {
        RequestContext.Set(key, "set by the first");
        var there = await other.Get(key);
        await other.Set(key, "set by the second");
        return (there, RequestContext.Get(key) as string);
    }

    public Task Set(string key, string value)
    {
        RequestContext.Set(key, value);
        return Task.CompletedTask;
    }
}
