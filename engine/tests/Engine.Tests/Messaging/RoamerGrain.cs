using System.Collections.Concurrent;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Engine.Tests.Messaging;

/// <summary>What the roamers of all silos of a test share with it.</summary>
public sealed class RoamerScript
{
    public ConcurrentDictionary<string, TaskCompletionSource> Blocks { get; } = new();

    public ConcurrentDictionary<string, TaskCompletionSource> Arrivals { get; } = new();

    public ConcurrentQueue<string> Log { get; } = new();

    /// <summary>Completes when a call that blocks has come to its grain.</summary>
    public Task Arrived(string name) => Arrivals.GetOrAdd(name, _ => NewSource()).Task;

    public void Release(string name) => Blocks.GetOrAdd(name, _ => NewSource()).TrySetResult();

    public Task Block(string name)
    {
        Arrivals.GetOrAdd(name, _ => NewSource()).TrySetResult();
        return Blocks.GetOrAdd(name, _ => NewSource()).Task;
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

[GenerateSerializer]
public sealed class Parcel
{
    [Id(0)]
    public string Text { get; set; } = "";

    [Id(1)]
    public List<int> Numbers { get; set; } = [];
}

[GenerateSerializer]
public sealed class RoamerException(string message, int code) : Exception(message)
{
    [Id(0)]
    public int Code { get; } = code;
}

public interface IRoamer : IGrainWithStringKey
{
    ValueTask<string> Where();

    Task Nothing();

    Task<Parcel> Echo(Parcel parcel);

    Task<string> WhereIs(string other);

    Task Throw(string message, int code);

    Task ThrowInconsistent();

    Task<string?> ReadContext(string name);

    Task<string> SourceOf();

    Task<string> Block(string name);

    Task<string> BlockCancellable(string name, CancellationToken cancellationToken);

    [ResponseTimeout("00:00:00.300")]
    Task Short(string name);

    Task<byte[]> Large(int bytes);

    Task<string?> TraceId();
}

public interface ICountingExtension : IGrainExtension
{
    ValueTask<int> Next();
}

public sealed class CountingExtension : ICountingExtension
{
    private int _count;

    public ValueTask<int> Next() => new(++_count);
}

public sealed class Roamer(RoamerScript script, ILocalSiloDetails silo) : Grain, IRoamer
{
    public ValueTask<string> Where() => new(silo.SiloAddress.ToParsableString());

    public Task Nothing() => Task.CompletedTask;

    public Task<Parcel> Echo(Parcel parcel)
    {
        parcel.Numbers.Add(parcel.Numbers.Count);
        return Task.FromResult(parcel);
    }

    public async Task<string> WhereIs(string other) => await GrainFactory.GetGrain<IRoamer>(other).Where();

    public Task Throw(string message, int code) => throw new RoamerException(message, code) { Data = { ["where"] = silo.Name } };

    public Task ThrowInconsistent() => throw new InconsistentStateException("not the state that was read", "1", "2");

    public Task<string?> ReadContext(string name) => Task.FromResult((string?)RequestContext.Get(name));

    public async Task<string> SourceOf() => await GrainFactory.GetGrain<IRoamer>("source-of").Where();

    public async Task<string> Block(string name)
    {
        await script.Block(name);
        return silo.SiloAddress.ToParsableString();
    }

    public async Task<string> BlockCancellable(string name, CancellationToken cancellationToken)
    {
        try
        {
            await script.Block(name).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            script.Log.Enqueue($"cancelled {name}");
            throw;
        }

        return silo.SiloAddress.ToParsableString();
    }

    public Task Short(string name) => script.Block(name);

    public Task<byte[]> Large(int bytes) => Task.FromResult(new byte[bytes]);

    public Task<string?> TraceId() => Task.FromResult(System.Diagnostics.Activity.Current?.TraceId.ToString());

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        script.Log.Enqueue($"deactivated {this.GetPrimaryKeyString()} {reason.ReasonCode}");
        return Task.CompletedTask;
    }
}
