using Engine.CodeGenerator.Model;
using Microsoft.CodeAnalysis;

namespace Engine.CodeGenerator.Reading;

/// <summary>Reads the members of a serializable type.</summary>
internal sealed class MemberReader(INamedTypeSymbol type, List<DiagnosticInfo> problems)
{
    private readonly HashSet<ISymbol> _covered = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<uint, ISymbol> _ids = [];
    private bool _leavesOut;

    /// <summary>Whether no field can be changed after construction, and every field is covered by a member that was read.</summary>
    public bool IsReadOnly => !_leavesOut && Fields().All(f => f.IsReadOnly && _covered.Contains(f.AssociatedSymbol ?? f));

    /// <summary>The member of a record's constructor parameter; null if there is none, or if it has an [Id] of its own.</summary>
    public MemberModel? TryReadPrimary(IParameterSymbol parameter, uint id)
    {
        var property = type.GetMembers(parameter.Name).OfType<IPropertySymbol>().FirstOrDefault();
        if (property is null || property.Has(Names.Id) || BackingField(property) is null)
            return null;

        _covered.Add(property);
        return ReadProperty(property, id);
    }

    /// <summary>Members of the constructor's parameters are not written after all.</summary>
    public void LeaveOut(List<MemberModel> primary)
    {
        _leavesOut |= primary.Count > 0;
        primary.Clear();
    }

    /// <summary>The members with an [Id].</summary>
    public List<MemberModel> ReadOthers()
    {
        var members = new List<MemberModel>();
        foreach (var member in type.GetMembers().Where(m => m is IPropertySymbol or IFieldSymbol { AssociatedSymbol: null }))
        {
            if (_covered.Contains(member))
                continue;

            if (member.Attribute(Names.Id)?.ConstructorArguments.FirstOrDefault().Value is uint id)
            {
                if (ReadNumbered(member, id) is { } model)
                    members.Add(model);
            }
            else if (NeedsId(member))
            {
                Report(Diagnostics.MissingId, member, member.Name, type.Readable());
            }
        }

        return members;
    }

    private MemberModel? ReadNumbered(ISymbol member, uint id)
    {
        if (member.IsStatic || member.IsAbstract)
        {
            Report(Diagnostics.StaticOrAbstractMember, member, member.Readable());
            return null;
        }

        if (_ids.ContainsKey(id))
        {
            Report(Diagnostics.DuplicateId, member, member.Name, id.ToString(), type.Readable());
            return null;
        }

        _ids[id] = member;
        _covered.Add(member);
        return member is IPropertySymbol property ? ReadProperty(property, id) : ReadField((IFieldSymbol)member, id);
    }

    private static bool NeedsId(ISymbol member)
    {
        if (member.IsStatic || member.IsImplicitlyDeclared)
            return false;

        var field = member is IPropertySymbol property ? BackingField(property) : (IFieldSymbol)member;
        return field is { IsConst: false } && !field.Has("System.NonSerializedAttribute");
    }

    private static MemberModel ReadField(IFieldSymbol field, uint id)
    {
        var get = IsReachable(field.DeclaredAccessibility) ? Access.Direct : Access.Field;
        var set = field.IsReadOnly ? Access.Field : get;
        return new(id, field.Name, TypeReader.Read(field.Type, field.Has(Names.Immutable)), get, set, field.Name);
    }

    private MemberModel? ReadProperty(IPropertySymbol property, uint id)
    {
        var field = BackingField(property)?.Name ?? "";
        if ((field.Length == 0 && (property.GetMethod is null || property.SetMethod is null)) || property.IsIndexer)
        {
            Report(Diagnostics.NotWritable, property, property.Readable());
            return null;
        }

        var hidden = field.Length > 0 ? Access.Field : Access.Method;
        var get = property.GetMethod is { } getter && IsReachable(getter.DeclaredAccessibility) ? Access.Direct : hidden;
        var set = property.SetMethod is { IsInitOnly: false } setter && IsReachable(setter.DeclaredAccessibility) ? Access.Direct : hidden;
        return new(id, property.Name, TypeReader.Read(property.Type, property.Has(Names.Immutable)), get, set, field);
    }

    private static bool IsReachable(Accessibility accessibility) =>
        accessibility is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal;

    private static IFieldSymbol? BackingField(IPropertySymbol property) =>
        property.ContainingType.GetMembers().OfType<IFieldSymbol>()
            .FirstOrDefault(f => SymbolEqualityComparer.Default.Equals(f.AssociatedSymbol, property));

    private IEnumerable<IFieldSymbol> Fields() => type.GetMembers().OfType<IFieldSymbol>().Where(f => !f.IsStatic && !f.IsConst);

    private void Report(DiagnosticDescriptor descriptor, ISymbol at, params string[] arguments) =>
        problems.Add(DiagnosticInfo.Create(descriptor, at, arguments));
}
