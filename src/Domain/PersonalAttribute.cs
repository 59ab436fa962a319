namespace Crescent.Domain;

/// <summary>
/// Marks personal data: wherever it is stored, it is encrypted with the key of the user it belongs to. Such a member
/// is nullable and no rule may depend on its value: once the key is destroyed, there is none.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class PersonalAttribute : Attribute;
