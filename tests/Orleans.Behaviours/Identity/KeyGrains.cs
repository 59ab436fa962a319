namespace Orleans.Behaviours.Identity;

public interface IGuidKeyGrain : IGrainWithGuidKey
{
    Task<Guid> Key();
}

public interface IIntegerKeyGrain : IGrainWithIntegerKey
{
    Task<long> Key();
}

public interface IStringKeyGrain : IGrainWithStringKey
{
    Task<string> Key();

    Task<GrainId> Id();

    /// <summary>The key of a grain whose reference is an argument, as that grain says it.</summary>
    Task<string> KeyOf(IStringKeyGrain other);

    Task<IStringKeyGrain> Self();
}

public sealed class GuidKeyGrain : Grain, IGuidKeyGrain
{
    public Task<Guid> Key() => Task.FromResult(this.GetPrimaryKey());
}

public sealed class IntegerKeyGrain : Grain, IIntegerKeyGrain
{
    public Task<long> Key() => Task.FromResult(this.GetPrimaryKeyLong());
}

[GrainType("named")]
public sealed class StringKeyGrain : Grain, IStringKeyGrain
{
    public Task<string> Key() => Task.FromResult(this.GetPrimaryKeyString());

    public Task<GrainId> Id() => Task.FromResult(this.GetGrainId());

    public Task<string> KeyOf(IStringKeyGrain other) => other.Key();

    public Task<IStringKeyGrain> Self() => Task.FromResult(this.AsReference<IStringKeyGrain>());
}

public interface IColourGrain : IGrainWithStringKey
{
    Task<string> Name();
}

public sealed class RedColourGrain : Grain, IColourGrain
{
    public Task<string> Name() => Task.FromResult("red");
}

public sealed class RedderColourGrain : Grain, IColourGrain
{
    public Task<string> Name() => Task.FromResult("redder");
}

public interface IShapeGrain : IGrainWithStringKey
{
    Task<string> Name();
}

public sealed class ShapeGrain : Grain, IShapeGrain
{
    public Task<string> Name() => Task.FromResult("default");
}

public sealed class RoundShapeGrain : Grain, IShapeGrain
{
    public Task<string> Name() => Task.FromResult("round");
}

public interface IOrphanGrain : IGrainWithStringKey;
