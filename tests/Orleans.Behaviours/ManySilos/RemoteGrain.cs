using Orleans.Behaviours.Messages;
using Orleans.Behaviours.States;
using Orleans.Behaviours.Support;
using Orleans.Concurrency;
using Activity = System.Diagnostics.Activity;

namespace Orleans.Behaviours.ManySilos;

public interface IRemoteGrain : IGrainWithStringKey
{
    [AlwaysInterleave]
    Task<SiloAddress> Silo();

    [AlwaysInterleave]
    Task<string> Activation();

    Task Deactivate();

    Task Fail();

    Task FailAt(IRemoteGrain other);

    Task<int> Add(Basket basket, string item);

    /// <summary>Adds what another grain adds to the same argument, and says how many items are in it here and there.</summary>
    Task<(int Here, int There)> AddAt(IRemoteGrain other, string item);

    /// <summary>A basket that the grain keeps.</summary>
    Task<Basket> Kept();

    /// <summary>Changes what another grain gave out, and says how many items that one has then.</summary>
    Task<int> ChangeKeptOf(IRemoteGrain other);

    Task Hold(string gate, CancellationToken cancellationToken = default);

    Task HoldAt(IRemoteGrain other, string gate, CancellationToken cancellationToken = default);

    [ResponseTimeout("00:00:00.500")]
    Task HoldShortly(string gate);

    Task HoldShortlyAt(IRemoteGrain other, string gate);

    [AlwaysInterleave]
    Task<string?> Context(string name);

    /// <summary>Sets a value and says what another grain sees of it, and of one that is in the context already.</summary>
    Task<(string? Set, string? Passed)> ContextAt(IRemoteGrain other, string set, string passed);

    Task<string?> TraceId();

    Task<string?> TraceIdAt(IRemoteGrain other);

    Task Save(string text);

    Task<string?> Saved();

    Task StartTimer(TimeSpan period);
}

/// <summary>Does things together with grains elsewhere, and writes its life down.</summary>
public sealed class RemoteGrain(ILocalSiloDetails silo, [PersistentState("saved", Storages.Custom)] IPersistentState<Note> saved) : Grain, IRemoteGrain
{
    private readonly Basket _kept = new();

    private Trace Trace => Trace.Of(this.GetPrimaryKeyString());

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Trace.Add("activated");
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Trace.Add("deactivated: " + reason.ReasonCode);
        return Task.CompletedTask;
    }

    public Task<SiloAddress> Silo() => Task.FromResult(silo.SiloAddress);

    public Task<string> Activation() => Task.FromResult(GrainContext.ActivationId.ToString());

    public Task Deactivate()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task Fail() => throw new OutOfPaperException("no paper", new ArgumentException("inner")) { Tray = 2, Data = { ["reason"] = "data" } };

    public Task FailAt(IRemoteGrain other) => other.Fail();

    public Task<int> Add(Basket basket, string item)
    {
        basket.Items.Add(item);
        return Task.FromResult(basket.Items.Count);
    }

    public async Task<(int Here, int There)> AddAt(IRemoteGrain other, string item)
    {
        var basket = new Basket();
        var there = await other.Add(basket, item);
        return (basket.Items.Count, there);
    }

    public Task<Basket> Kept() => Task.FromResult(_kept);

    public async Task<int> ChangeKeptOf(IRemoteGrain other)
    {
        (await other.Kept()).Items.Add("changed elsewhere");
        return (await other.Kept()).Items.Count;
    }

    public async Task Hold(string gate, CancellationToken cancellationToken = default)
    {
        using var cancelled = cancellationToken.Register(() => Trace.Add("cancelled"));
        await Gate.Named(gate).PassAsync();
        Trace.Add("held");
    }

    public Task HoldAt(IRemoteGrain other, string gate, CancellationToken cancellationToken = default) => other.Hold(gate, cancellationToken);

    public Task HoldShortly(string gate) => Hold(gate);

    public Task HoldShortlyAt(IRemoteGrain other, string gate) => other.HoldShortly(gate);

    public Task<string?> Context(string name) => Task.FromResult(RequestContext.Get(name) as string);

    public async Task<(string? Set, string? Passed)> ContextAt(IRemoteGrain other, string set, string passed)
    {
        RequestContext.Set(set, "set");
        return (await other.Context(set), await other.Context(passed));
    }

    public Task<string?> TraceId() => Task.FromResult(Activity.Current?.TraceId.ToHexString());

    public Task<string?> TraceIdAt(IRemoteGrain other) => other.TraceId();

    public Task Save(string text)
    {
        saved.State.Text = text;
        return saved.WriteStateAsync();
    }

    public Task<string?> Saved() => Task.FromResult(saved.State.Text);

    public Task StartTimer(TimeSpan period)
    {
        this.RegisterGrainTimer(
            _ =>
            {
                Trace.Add("tick");
                return Task.CompletedTask;
            },
            new() { DueTime = period, Period = period });
        return Task.CompletedTask;
    }
}
