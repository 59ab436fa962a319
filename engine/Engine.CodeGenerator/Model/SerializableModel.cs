namespace Engine.CodeGenerator.Model;

internal enum SerializableKind
{
    Class,
    Struct,
    Enum,
}

/// <summary>How an object to fill comes about.</summary>
internal enum Creation
{
    /// <summary>By new.</summary>
    New,

    /// <summary>By a constructor without parameters and an accessor, because there are required members.</summary>
    Accessor,

    /// <summary>Without running a constructor.</summary>
    Uninitialized,

    /// <summary>Never: the class is abstract.</summary>
    Never,
}

/// <summary>How generated code gets at a member.</summary>
internal enum Access
{
    /// <summary>By its name.</summary>
    Direct,

    /// <summary>By an accessor of the field.</summary>
    Field,

    /// <summary>By an accessor of the property's method.</summary>
    Method,
}

/// <param name="Id">The number on the wire.</param>
/// <param name="Name">The member's name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Get">How it is read.</param>
/// <param name="Set">How it is written.</param>
/// <param name="Field">The name of the field behind it.</param>
internal sealed record MemberModel(uint Id, string Name, TypeModel Type, Access Get, Access Set, string Field);

/// <param name="Kind">What kind of type it is.</param>
/// <param name="Type">The C# name, with its type parameters.</param>
/// <param name="UnboundType">The C# name for typeof, without its type parameters.</param>
/// <param name="SafeName">The name as a part of an identifier.</param>
/// <param name="TypeParameters">"&lt;T, U&gt;", or empty.</param>
/// <param name="Constraints">The constraints of the type parameters.</param>
/// <param name="Aliases">Its names on the wire; the first one is written.</param>
/// <param name="Base">The C# name of the base class whose members are written too, or empty.</param>
/// <param name="IsException">Whether it derives from Exception: then it is never copied.</param>
/// <param name="IsImmutable">Whether it is marked so.</param>
/// <param name="IsReadOnly">Whether no field can be changed after construction, and all fields are members.</param>
/// <param name="Creation">How an object to fill comes about.</param>
/// <param name="HasPrimary">Whether it is a record with a primary constructor, which numbers its members apart.</param>
/// <param name="Primary">The members of the primary constructor.</param>
/// <param name="Members">The other members, by id.</param>
internal sealed record SerializableModel(
    SerializableKind Kind,
    string Type,
    string UnboundType,
    string SafeName,
    string TypeParameters,
    string Constraints,
    EquatableArray<string> Aliases,
    string Base,
    bool IsException,
    bool IsImmutable,
    bool IsReadOnly,
    Creation Creation,
    bool HasPrimary,
    EquatableArray<MemberModel> Primary,
    EquatableArray<MemberModel> Members)
{
    public IEnumerable<MemberModel> AllMembers => Primary.Concat(Members);
}

internal enum RegistrationKind
{
    GrainClass,
    Converter,
    Copier,
}

/// <param name="Kind">What is registered.</param>
/// <param name="Target">The C# name for typeof of the type it is for.</param>
/// <param name="Type">The C# name for typeof of the class itself.</param>
internal sealed record RegistrationModel(RegistrationKind Kind, string Target, string Type);

/// <summary>What reading one declaration gave: nothing, or the model, with what is wrong with it.</summary>
internal sealed record ReadResult<T>(T? Model, EquatableArray<DiagnosticInfo> Diagnostics) where T : class, IEquatable<T>;
