namespace Crescent.Domain;

/// <summary>Marks personal data: wherever it is stored, it is encrypted with the key of the user it belongs to.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class PersonalAttribute : Attribute;
