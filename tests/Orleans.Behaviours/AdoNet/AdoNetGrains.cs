using Orleans.Behaviours.Support;

namespace Orleans.Behaviours.AdoNet;

/// <summary>What is stored.</summary>
[GenerateSerializer]
public sealed class Saved
{
    [Id(0)]
    public string Text { get; set; } = "";

    [Id(1)]
    public Dictionary<string, int> Numbers { get; set; } = [];
}

public interface ISavedGrain : IGrainWithGuidKey
{
    Task<string> Text();

    Task Save(string text);

    Task Clear();

    Task<SiloAddress> Silo();

    Task Remind(string name);

    Task Deactivate();
}

/// <summary>Keeps its state and its reminders in the database.</summary>
public sealed class SavedGrain([PersistentState("saved", AdoNetHosts.Storage)] IPersistentState<Saved> saved, ILocalSiloDetails silo) : Grain, ISavedGrain, IRemindable
{
    public Task<string> Text() => Task.FromResult(saved.State.Text);

    public Task Save(string text)
    {
        saved.State.Text = text;
        return saved.WriteStateAsync();
    }

    public Task Clear() => saved.ClearStateAsync();

    public Task<SiloAddress> Silo() => Task.FromResult(silo.SiloAddress);

    public Task Remind(string name) => this.RegisterOrUpdateReminder(name, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1));

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (await this.GetReminder(reminderName) is { } reminder)
            await this.UnregisterReminder(reminder);
        Trace.Of(this.GetPrimaryKey().ToString("N")).Add(reminderName);
    }

    public Task Deactivate()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
