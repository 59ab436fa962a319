using Crescent.EventStore.PersonalData;

namespace Crescent.ReadModels.Projections;

/// <summary>Personal text in a row: encrypted, and null once it is erased.</summary>
internal static class PersonalText
{
    public static string? Protect(IReadOnlyDictionary<string, PersonalKey> keys, string subjectId, string? value)
    {
        if (value is null or PersonalKey.Erased || !keys.TryGetValue(subjectId, out var key)) return null;
        return NullIfErased(key.Protect(value));
    }

    public static string? Unprotect(IReadOnlyDictionary<string, PersonalKey> keys, string subjectId, string? stored) =>
        stored is not null && keys.TryGetValue(subjectId, out var key) ? NullIfErased(key.UnprotectText(stored)) : null;

    private static string? NullIfErased(string text) => text == PersonalKey.Erased ? null : text;
}
