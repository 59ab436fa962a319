namespace Crescent.Domain;

/// <summary>An event or a state with <see cref="PersonalAttribute"/> members; it names the user whose key encrypts them.</summary>
public interface IPersonalData
{
    /// <summary>The user's id; a computed member, not stored a second time. Empty as long as there is nobody.</summary>
    string SubjectId { get; }
}
