namespace Engine.CodeGeneration;

/// <summary>What the code generator found in one assembly.</summary>
public abstract class TypeManifest
{
    public abstract void Register(TypeManifestBuilder builder);
}

/// <summary>Names the assembly's manifest.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class GeneratedTypesAttribute(Type manifest) : Attribute
{
    /// <summary>A class derived from <see cref="TypeManifest"/>.</summary>
    public Type Manifest { get; } = manifest;
}
