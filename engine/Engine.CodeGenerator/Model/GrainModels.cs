namespace Engine.CodeGenerator.Model;

internal enum ReturnKind
{
    Task,
    TaskOfResult,
    ValueTask,
    ValueTaskOfResult,
}

/// <param name="Name">As it is declared, escaped if it is a keyword.</param>
/// <param name="Type">The type.</param>
/// <param name="IsCancellationToken">Whether it is the call's token instead of an argument.</param>
internal sealed record ParameterModel(string Name, TypeModel Type, bool IsCancellationToken);

/// <param name="DeclaringType">The C# name of the interface that declares the method.</param>
/// <param name="DeclaringWireName">That interface's name on the wire.</param>
/// <param name="Name">The method's name.</param>
/// <param name="Id">Its number on the wire.</param>
/// <param name="CallClass">The name of the class of its calls.</param>
/// <param name="OwnsCallClass">Whether that class is generated with this interface, not with the one that declares the method.</param>
/// <param name="Return">What it returns.</param>
/// <param name="ReturnType">The C# name of that.</param>
/// <param name="Result">What the task results in; null if in nothing.</param>
/// <param name="Parameters">All parameters.</param>
/// <param name="Options">The value of GrainMethodOptions.</param>
/// <param name="TimeoutTicks">The response timeout; -1 for the host's.</param>
internal sealed record MethodModel(
    string DeclaringType,
    string DeclaringWireName,
    string Name,
    uint Id,
    string CallClass,
    bool OwnsCallClass,
    ReturnKind Return,
    string ReturnType,
    TypeModel? Result,
    EquatableArray<ParameterModel> Parameters,
    int Options,
    long TimeoutTicks)
{
    public IEnumerable<ParameterModel> Arguments => Parameters.Where(p => !p.IsCancellationToken);

    public bool HasToken => Parameters.Any(p => p.IsCancellationToken);
}

/// <param name="Type">The C# name.</param>
/// <param name="SafeName">The name as a part of an identifier.</param>
/// <param name="WireName">The alias, or the full name.</param>
/// <param name="Methods">All methods, inherited ones too.</param>
internal sealed record InterfaceModel(string Type, string SafeName, string WireName, EquatableArray<MethodModel> Methods);
