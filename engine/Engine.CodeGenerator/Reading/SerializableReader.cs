using System.Collections.Immutable;
using Engine.CodeGenerator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Engine.CodeGenerator.Reading;

/// <summary>Reads types marked with [GenerateSerializer].</summary>
internal sealed class SerializableReader
{
    private readonly INamedTypeSymbol _type;
    private readonly AttributeData _attribute;
    private readonly MemberReader _members;
    private readonly List<DiagnosticInfo> _problems = [];

    private SerializableReader(INamedTypeSymbol type, AttributeData attribute)
    {
        _type = type;
        _attribute = attribute;
        _members = new(type, _problems);
    }

    public static ReadResult<SerializableModel> Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken) =>
        new SerializableReader((INamedTypeSymbol)context.TargetSymbol, context.Attributes[0]).Read(cancellationToken);

    private ReadResult<SerializableModel> Read(CancellationToken cancellationToken)
    {
        if (!_type.IsReachable())
            Report(Diagnostics.Inaccessible, _type.Readable());

        var model = _type.TypeKind == TypeKind.Enum ? Create(SerializableKind.Enum, [], null) : ReadFields(cancellationToken);
        return new(_problems.Count == 0 ? model : null, _problems.ToEquatable());
    }

    private SerializableModel ReadFields(CancellationToken cancellationToken)
    {
        var parameters = PrimaryParameters(cancellationToken);
        var include = _attribute.NamedArguments.FirstOrDefault(a => a.Key == "IncludePrimaryConstructorParameters").Value.Value as bool?;
        if (include == true && !_type.IsRecord)
            Report(Diagnostics.ConstructorParameters, _type.Readable());

        var primary = new List<MemberModel>();
        foreach (var parameter in parameters ?? ImmutableArray<IParameterSymbol>.Empty)
        {
            if (_members.TryReadPrimary(parameter, (uint)primary.Count) is { } member)
                primary.Add(member);
        }

        // Those of a record that leaves its parameters out are known, so that they need no [Id], and not written.
        if (include == false)
        {
            parameters = null;
            _members.LeaveOut(primary);
        }

        var members = _members.ReadOthers();
        CheckBase();
        return Create(_type.IsValueType ? SerializableKind.Struct : SerializableKind.Class, members, parameters is null ? null : primary);
    }

    private SerializableModel Create(SerializableKind kind, IEnumerable<MemberModel> members, IEnumerable<MemberModel>? primary) =>
        new(
            kind,
            _type.Full(),
            _type.Unbound(),
            _type.Safe(),
            TypeParameters(),
            Constraints(),
            _type.AliasesOf().ToEquatable(),
            kind == SerializableKind.Class && BaseClass() is { } @base && IsSerializable(@base) ? @base.Full() : "",
            IsException(_type),
            _type.Has(Names.Immutable),
            _members.IsReadOnly,
            FindCreation(),
            primary is not null,
            (primary ?? []).ToEquatable(),
            members.OrderBy(m => m.Id).ToEquatable());

    private ImmutableArray<IParameterSymbol>? PrimaryParameters(CancellationToken cancellationToken)
    {
        if (!_type.IsRecord)
            return null;

        foreach (var constructor in _type.InstanceConstructors)
        {
            foreach (var reference in constructor.DeclaringSyntaxReferences)
            {
                if (reference.GetSyntax(cancellationToken) is RecordDeclarationSyntax { ParameterList: not null })
                    return constructor.Parameters;
            }
        }

        return null;
    }

    private INamedTypeSymbol? BaseClass() => _type.BaseType is { SpecialType: SpecialType.None } @base ? @base : null;

    private void CheckBase()
    {
        if (!_type.IsValueType && BaseClass() is { } @base && !IsSerializable(@base))
            Report(Diagnostics.BaseNotSerializable, _type.Readable(), @base.Readable());
    }

    private static bool IsSerializable(INamedTypeSymbol type) => type.Has(Names.GenerateSerializer) || IsException(type);

    private static bool IsException(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (current.ToDisplayString() == "System.Exception")
                return true;
        }

        return false;
    }

    private Creation FindCreation()
    {
        if (_type.IsAbstract)
            return Creation.Never;

        var constructor = _type.InstanceConstructors.FirstOrDefault(c => c.Parameters.Length == 0);
        var isReachable = constructor?.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal;
        if (_type.IsValueType || !isReachable)
            return Creation.Uninitialized;

        var hasRequired = false;
        for (INamedTypeSymbol? current = _type; current is not null; current = current.BaseType)
            hasRequired |= current.GetMembers().Any(m => m is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true });

        return hasRequired ? Creation.Accessor : Creation.New;
    }

    private string TypeParameters()
    {
        var names = _type.AllTypeParameters().Select(p => p.Name).ToArray();
        return names.Length == 0 ? "" : $"<{string.Join(", ", names)}>";
    }

    private string Constraints() => string.Concat(_type.AllTypeParameters().Select(Constraint));

    private static string Constraint(ITypeParameterSymbol parameter)
    {
        var parts = new List<string>();
        if (parameter.HasUnmanagedTypeConstraint)
            parts.Add("unmanaged");
        else if (parameter.HasValueTypeConstraint)
            parts.Add("struct");
        else if (parameter.HasReferenceTypeConstraint)
            parts.Add("class");
        else if (parameter.HasNotNullConstraint)
            parts.Add("notnull");

        parts.AddRange(parameter.ConstraintTypes.Select(t => t.Full()));
        if (parameter.HasConstructorConstraint)
            parts.Add("new()");

        return parts.Count == 0 ? "" : $" where {parameter.Name} : {string.Join(", ", parts)}";
    }

    private void Report(DiagnosticDescriptor descriptor, params string[] arguments) =>
        _problems.Add(DiagnosticInfo.Create(descriptor, _type, arguments));
}
