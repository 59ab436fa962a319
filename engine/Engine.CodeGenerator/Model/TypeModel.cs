namespace Engine.CodeGenerator.Model;

/// <summary>The type of an argument, a result or a member, as generated code needs it.</summary>
/// <param name="Name">The C# name, from global:: on.</param>
/// <param name="ReadMethod">The reader's method for it, if it is written without a codec; else empty.</param>
/// <param name="WireName">For an enum, the C# name of the integer that is written; else empty.</param>
/// <param name="IsImmutable">Whether values are shared instead of copied.</param>
internal sealed record TypeModel(string Name, string ReadMethod, string WireName, bool IsImmutable)
{
    public bool IsPlain => ReadMethod.Length > 0;
}
