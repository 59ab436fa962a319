using Engine.CodeGenerator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Engine.CodeGenerator.Reading;

/// <summary>Reads the classes that are registered: grains, converters and copiers.</summary>
internal static class ClassReader
{
    private static readonly string[] s_interfaceAttributes = [Names.ReadOnly, Names.ResponseTimeout];

    public static ReadResult<RegistrationModel>? ReadGrainClass(GeneratorSyntaxContext context, CancellationToken cancellationToken)
    {
        if (context.SemanticModel.GetDeclaredSymbol((TypeDeclarationSyntax)context.Node, cancellationToken) is not INamedTypeSymbol { IsAbstract: false } symbol
            || !symbol.Implements(Names.GrainBase)
            || !symbol.Implements(Names.Grain)
            || FirstWithBases(symbol, cancellationToken) != context.Node)
            return null;

        var problems = new List<DiagnosticInfo>();
        foreach (var attribute in new[] { Names.Alias, Names.GenerateSerializer }.Where(a => symbol.Has(a)))
            problems.Add(DiagnosticInfo.Create(Diagnostics.AttributeOnGrainClass, symbol, Short(attribute), symbol.Readable()));

        foreach (var method in symbol.GetMembers().OfType<IMethodSymbol>())
        {
            if (method.Has(Names.AlwaysInterleave))
                problems.Add(DiagnosticInfo.Create(Diagnostics.AlwaysInterleaveOnImplementation, method, method.Readable()));

            foreach (var attribute in s_interfaceAttributes.Where(a => method.Has(a)))
                problems.Add(DiagnosticInfo.Create(Diagnostics.AttributeOnImplementation, method, Short(attribute), method.Readable()));
        }

        return Result(symbol, problems, new(RegistrationKind.GrainClass, symbol.Unbound(), symbol.Unbound()));
    }

    public static ReadResult<RegistrationModel> ReadConverter(GeneratorAttributeSyntaxContext context) =>
        Read((INamedTypeSymbol)context.TargetSymbol, RegistrationKind.Converter, Names.Converter);

    public static ReadResult<RegistrationModel> ReadCopier(GeneratorAttributeSyntaxContext context) =>
        Read((INamedTypeSymbol)context.TargetSymbol, RegistrationKind.Copier, Names.DeepCopier);

    private static ReadResult<RegistrationModel> Read(INamedTypeSymbol symbol, RegistrationKind kind, string @interface)
    {
        var problems = new List<DiagnosticInfo>();
        var implemented = symbol.AllInterfaces.FirstOrDefault(i => i.OriginalDefinition.ToDisplayString() == @interface);
        if (implemented?.TypeArguments[0] is not INamedTypeSymbol target)
        {
            problems.Add(DiagnosticInfo.Create(Diagnostics.NoTarget, symbol, symbol.Readable(), @interface));
            return new(null, problems.ToEquatable());
        }

        // A generic one stands for all types of its definition; its type parameters are those of the type, in order.
        var targetName = symbol.TypeParameters.Length > 0 ? target.OriginalDefinition.Unbound() : target.Full();
        return Result(symbol, problems, new(kind, targetName, symbol.Unbound()));
    }

    private static ReadResult<RegistrationModel> Result(INamedTypeSymbol symbol, List<DiagnosticInfo> problems, RegistrationModel model)
    {
        if (!symbol.IsReachable())
            problems.Add(DiagnosticInfo.Create(Diagnostics.Inaccessible, symbol, symbol.Readable()));

        return new(problems.Count == 0 ? model : null, problems.ToEquatable());
    }

    private static SyntaxNode? FirstWithBases(INamedTypeSymbol symbol, CancellationToken cancellationToken) =>
        symbol.DeclaringSyntaxReferences
            .Select(r => r.GetSyntax(cancellationToken))
            .FirstOrDefault(n => n is TypeDeclarationSyntax { BaseList: not null });

    private static string Short(string attribute)
    {
        var name = attribute.Substring(attribute.LastIndexOf('.') + 1);
        return name.Substring(0, name.Length - "Attribute".Length);
    }
}
