using System.Globalization;
using Engine.CodeGenerator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Engine.CodeGenerator.Reading;

/// <summary>Reads grain interfaces.</summary>
internal sealed class InterfaceReader
{
    private const int ReadOnly = 1;
    private const int AlwaysInterleave = 2;
    private const int Extension = 4;
    private const int Cancellable = 8;

    private readonly INamedTypeSymbol _interface;
    private readonly List<DiagnosticInfo> _problems = [];

    private InterfaceReader(INamedTypeSymbol @interface) => _interface = @interface;

    public static ReadResult<InterfaceModel>? Read(GeneratorSyntaxContext context, CancellationToken cancellationToken)
    {
        if (context.SemanticModel.GetDeclaredSymbol((InterfaceDeclarationSyntax)context.Node, cancellationToken) is not INamedTypeSymbol symbol
            || !symbol.Implements(Names.Addressable)
            || !IsFirst(symbol, context.Node, cancellationToken))
            return null;

        return new InterfaceReader(symbol).Read();
    }

    /// <summary>A partial interface is read once, with the first of its declarations that names a base interface.</summary>
    private static bool IsFirst(INamedTypeSymbol symbol, SyntaxNode node, CancellationToken cancellationToken) =>
        symbol.DeclaringSyntaxReferences
            .Select(r => r.GetSyntax(cancellationToken))
            .First(n => n is InterfaceDeclarationSyntax { BaseList: not null }) == node;

    private ReadResult<InterfaceModel>? Read()
    {
        var own = _interface.GetMembers().Where(m => !m.IsStatic && m is not INamedTypeSymbol).ToArray();
        foreach (var member in own)
            Check(member);

        var methods = new List<MethodModel>();
        foreach (var declaring in new[] { _interface }.Concat(_interface.AllInterfaces))
        {
            var seen = new HashSet<uint>();
            foreach (var method in declaring.GetMembers().OfType<IMethodSymbol>().Where(m => m.IsAbstract && m.MethodKind == MethodKind.Ordinary))
            {
                if (ReadMethod(method) is not { } model)
                    continue;

                methods.Add(model);
                if (!seen.Add(model.Id) && SymbolEqualityComparer.Default.Equals(declaring, _interface))
                    Report(Diagnostics.SameMethodId, method, method.Name, _interface.Readable());
            }
        }

        if (_interface.AllTypeParameters().Any())
        {
            if (methods.Count > 0)
                Report(Diagnostics.Generic, _interface, _interface.Readable());

            return Failed();
        }

        // The bases of all grain interfaces, which are no grain interfaces themselves.
        if (methods.Count == 0 && _problems.Count == 0 && _interface.ContainingAssembly.Name == "Engine.Core")
            return null;

        if (!_interface.IsReachable())
            Report(Diagnostics.Inaccessible, _interface, _interface.Readable());

        if (_problems.Count > 0)
            return Failed();

        var wireName = _interface.AliasOf() ?? _interface.Metadata();
        return new(new(_interface.Full(), _interface.Safe(), wireName, methods.ToEquatable()), EquatableArray<DiagnosticInfo>.Empty);
    }

    private ReadResult<InterfaceModel> Failed() => new(null, _problems.ToEquatable());

    private void Check(ISymbol member)
    {
        if (member is IMethodSymbol { AssociatedSymbol: not null })
            return;

        if (member is not IMethodSymbol method)
        {
            if (member.IsAbstract)
                Report(Diagnostics.InterfaceProperty, member, member.Readable());

            return;
        }

        if (!method.IsAbstract)
            return;

        if (method.IsGenericMethod)
            Report(Diagnostics.Generic, method, method.Readable());

        if (Returned(method) is null)
            Report(Diagnostics.ReturnType, method, method.Readable());

        if (method.Parameters.Count(IsToken) > 1)
            Report(Diagnostics.SeveralTokens, method, method.Readable());

        foreach (var parameter in method.Parameters.Where(p => p.RefKind != RefKind.None))
            Report(Diagnostics.ReferenceParameter, parameter, parameter.Name, method.Readable());
    }

    private MethodModel? ReadMethod(IMethodSymbol method)
    {
        if (Returned(method) is not { } returned || method.IsGenericMethod)
            return null;

        var declaring = method.ContainingType;
        var isGeneric = declaring.AllTypeParameters().Any();
        var name = method.AliasOf() ?? Signature(method);
        var id = Names.Hash(isGeneric ? $"{declaring.Full()}.{name}" : name);

        // The calls of an interface in another assembly are generated here once more: its own are internal to it. Those of a
        // generic interface belong to the one that closes it.
        var isLocal = SymbolEqualityComparer.Default.Equals(declaring.ContainingAssembly, _interface.ContainingAssembly) && !isGeneric;
        var owner = isLocal ? declaring : _interface;
        var named = isGeneric ? _interface : declaring;
        var options = (method.Has(Names.ReadOnly) ? ReadOnly : 0)
            | (method.Has(Names.AlwaysInterleave) ? AlwaysInterleave : 0)
            | (declaring.ToDisplayString() == Names.GrainExtension || declaring.Implements(Names.GrainExtension) ? Extension : 0)
            | (method.Parameters.Any(IsToken) ? Cancellable : 0);

        return new(
            declaring.Full(),
            named.AliasOf() ?? named.Metadata(),
            method.Name,
            id,
            $"Call_{owner.Safe()}_{method.Name}_{id:X8}",
            !isLocal || SymbolEqualityComparer.Default.Equals(declaring, _interface),
            returned.Kind,
            method.ReturnType.Full(),
            returned.Result is null ? null : TypeReader.Read(returned.Result, IsMarkedImmutable(method)),
            method.Parameters.Select(ReadParameter).ToEquatable(),
            options,
            Timeout(method));
    }

    private static ParameterModel ReadParameter(IParameterSymbol parameter) =>
        new("@" + parameter.Name, TypeReader.Read(parameter.Type, parameter.Has(Names.Immutable)), IsToken(parameter));

    private static bool IsToken(IParameterSymbol parameter) => parameter.Type.ToDisplayString() == "System.Threading.CancellationToken";

    private static bool IsMarkedImmutable(IMethodSymbol method) =>
        method.GetReturnTypeAttributes().Any(a => a.AttributeClass?.ToDisplayString() == Names.Immutable);

    private static string Signature(IMethodSymbol method) =>
        $"{method.Name}({string.Join(",", method.Parameters.Where(p => !IsToken(p)).Select(p => p.Type.Full()))})";

    private static long Timeout(IMethodSymbol method)
    {
        var attribute = method.Attribute(Names.ResponseTimeout) ?? method.ContainingType.Attribute(Names.ResponseTimeout);
        var text = attribute?.ConstructorArguments.FirstOrDefault().Value as string;
        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var timeout) ? timeout.Ticks : -1;
    }

    private static (ReturnKind Kind, ITypeSymbol? Result)? Returned(IMethodSymbol method)
    {
        if (method.ReturnType is not INamedTypeSymbol type)
            return null;

        return type.OriginalDefinition.ToDisplayString() switch
        {
            "System.Threading.Tasks.Task" => (ReturnKind.Task, null),
            "System.Threading.Tasks.Task<TResult>" => (ReturnKind.TaskOfResult, type.TypeArguments[0]),
            "System.Threading.Tasks.ValueTask" => (ReturnKind.ValueTask, null),
            "System.Threading.Tasks.ValueTask<TResult>" => (ReturnKind.ValueTaskOfResult, type.TypeArguments[0]),
            _ => null,
        };
    }

    private void Report(DiagnosticDescriptor descriptor, ISymbol at, params string[] arguments) =>
        _problems.Add(DiagnosticInfo.Create(descriptor, at, arguments));
}
