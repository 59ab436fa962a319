using Orleans;
using Orleans.Runtime;

namespace Engine.Tests.Runtime;

[GenerateSerializer, Immutable]
public sealed record Luggage([property: Id(0)] string Name);

public interface ITravelGrain : IGrainWithStringKey
{
    Task<Luggage> Carry(Luggage luggage);

    Task Lose(Luggage luggage);
}

public sealed class TravelGrain : Grain, ITravelGrain
{
    public Task<Luggage> Carry(Luggage luggage) => Task.FromResult(luggage);

    public Task Lose(Luggage luggage) => throw new InvalidOperationException($"lost {luggage.Name}");
}

public interface ITagExtension : IGrainExtension
{
    Task<int> Count();
}

public sealed class TagExtension(IGrainContext context) : ITagExtension
{
    private int _count;

    public Task<int> Count()
    {
        Assert.Same(context, RuntimeContext.Current);
        return Task.FromResult(++_count);
    }
}
