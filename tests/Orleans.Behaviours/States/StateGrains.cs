using Orleans.Behaviours.Activations;
using Orleans.Behaviours.Support;

namespace Orleans.Behaviours.States;

/// <summary>What is stored; a plain class, as any storage can write it.</summary>
[GenerateSerializer]
public sealed class Note
{
    [Id(0)]
    public string? Text { get; set; }

    [Id(1)]
    public List<int> Numbers { get; set; } = [];
}

public interface INoteGrain : IGrainWithStringKey
{
    Task<string?> Text();

    Task<string?> OtherText();

    /// <summary>The state as its storage knows it.</summary>
    Task<(bool RecordExists, bool HasETag, int Numbers)> Facts();

    Task<string?> ETag();

    Task Set(string text);

    Task SetOther(string text);

    Task Write(string text);

    /// <summary>Sets a text, doesn't write it, and reads.</summary>
    Task<string?> SetAndRead(string text);

    Task Clear();

    Task<string> Activation();

    Task Deactivate();
}

/// <summary>Has a state in the default storage, and one in a named storage.</summary>
public sealed class NoteGrain(
    [PersistentState("note")] IPersistentState<Note> note,
    InjectedService service,
    [PersistentState("other", Storages.Custom)] IPersistentState<Note> other) : Grain, INoteGrain
{
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Trace.Of(this.GetPrimaryKeyString()).Add($"activated with {note.State.Text ?? "nothing"}, {other.State.Text ?? "nothing"} {service.Name}");
        return Task.CompletedTask;
    }

    public Task<string?> Text() => Task.FromResult(note.State.Text);

    public Task<string?> OtherText() => Task.FromResult(other.State.Text);

    public Task<(bool RecordExists, bool HasETag, int Numbers)> Facts() => Task.FromResult((note.RecordExists, note.Etag is not null, note.State.Numbers.Count));

    public Task<string?> ETag() => Task.FromResult(note.Etag);

    public Task Set(string text)
    {
        note.State.Text = text;
        return Task.CompletedTask;
    }

    public Task SetOther(string text)
    {
        other.State.Text = text;
        return other.WriteStateAsync();
    }

    public Task Write(string text)
    {
        note.State = new Note { Text = text, Numbers = [1, 2] };
        return note.WriteStateAsync();
    }

    public async Task<string?> SetAndRead(string text)
    {
        note.State.Text = text;
        await note.ReadStateAsync();
        return note.State.Text;
    }

    public Task Clear() => note.ClearStateAsync();

    public Task<string> Activation() => Task.FromResult(GrainContext.ActivationId.ToString());

    public Task Deactivate()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}

public interface IHomelessGrain : IGrainWithStringKey
{
    Task Nothing();
}

/// <summary>Its storage doesn't exist.</summary>
public sealed class HomelessGrain([PersistentState("state", "no such storage")] IPersistentState<Note> state) : Grain, IHomelessGrain
{
    public Task Nothing() => Task.FromResult(state.State);
}
