using System.Collections.Concurrent;
using Orleans;
using Orleans.Runtime;

namespace Engine.Tests.TestingHost;

public interface IPlacedGrain : IGrainWithStringKey
{
    Task<string> Silo();

    Task<int> Count();

    Task<int> CountAt(string key);
}

/// <summary>Counts its calls, outside of itself too.</summary>
public sealed class PlacedGrain(ILocalSiloDetails silo) : Grain, IPlacedGrain
{
    private static readonly ConcurrentDictionary<string, int> s_counts = new(StringComparer.Ordinal);

    /// <summary>How often a grain was called, whatever became of the answers.</summary>
    public static int CountOf(string key) => s_counts.GetValueOrDefault(key);

    public Task<string> Silo() => Task.FromResult(silo.SiloAddress.ToParsableString());

    public Task<int> Count() => Task.FromResult(s_counts.AddOrUpdate(this.GetPrimaryKeyString(), 1, static (_, count) => count + 1));

    public Task<int> CountAt(string key) => GrainFactory.GetGrain<IPlacedGrain>(key).Count();
}
