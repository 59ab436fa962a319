using Crescent.EventStore;
using Crescent.EventStore.PersonalData;
using Crescent.ReadModels.Storage;

namespace Crescent.ReadModels.Projections;

/// <summary>Events that a projection applies together, and the keys of the users named in them.</summary>
internal sealed class ProjectionBatch(ViewsDatabase views, IReadOnlyList<RecordedEvent> events, IReadOnlyDictionary<string, PersonalKey> keys)
{
    public ViewsDatabase Views => views;

    public IReadOnlyList<RecordedEvent> Events => events;

    /// <summary>A personal value as it may be stored: encrypted with the user's key, or null once it is erased.</summary>
    public string? Protect(string subjectId, string? value) => PersonalText.Protect(keys, subjectId, value);

    public bool IsErased(string subjectId) => !keys.TryGetValue(subjectId, out var key) || key.IsDestroyed;
}
