namespace Crescent.Domain;

/// <summary>
/// Marks a member that is stored encrypted with the key of the user it is about. Such a member is nullable:
/// it reads as null once that key is destroyed, so no rule may depend on it being there.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class PersonalAttribute : Attribute;

/// <summary>
/// An event or a state with <see cref="PersonalAttribute"/> members. Implemented explicitly, so that serializers
/// do not store the subject a second time.
/// </summary>
public interface IPersonalData
{
    /// <summary>The id of the user whose key encrypts the personal members.</summary>
    string SubjectId { get; }
}
