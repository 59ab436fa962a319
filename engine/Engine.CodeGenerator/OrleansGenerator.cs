using System.Text;
using Engine.CodeGenerator.Emitting;
using Engine.CodeGenerator.Model;
using Engine.CodeGenerator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Engine.CodeGenerator;

/// <summary>
/// Generates proxies and calls of grain interfaces, codecs and copiers of serializable types, and the manifest that registers
/// them. Every step gives values that equal those of the last run if nothing they depend on has changed, so that an edit
/// elsewhere repeats nothing.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class OrleansGenerator : IIncrementalGenerator
{
    internal const string InterfacesStep = "Interfaces";
    internal const string SerializablesStep = "Serializables";
    internal const string RegistrationsStep = "Registrations";
    internal const string ManifestStep = "Manifest";

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var ns = context.CompilationProvider.Select(static (c, _) => Generated.Namespace(c.AssemblyName ?? ""));

        var interfaces = Models(context, context.SyntaxProvider.CreateSyntaxProvider(
            static (node, _) => node is InterfaceDeclarationSyntax { BaseList: not null },
            InterfaceReader.Read), InterfacesStep);
        var serializables = Models(context, context.SyntaxProvider.ForAttributeWithMetadataName(
            Names.GenerateSerializer,
            static (_, _) => true,
            static ReadResult<SerializableModel>? (c, cancellationToken) => SerializableReader.Read(c, cancellationToken)), SerializablesStep);
        var grains = Models(context, context.SyntaxProvider.CreateSyntaxProvider(
            static (node, _) => node is ClassDeclarationSyntax { BaseList: not null } or RecordDeclarationSyntax { BaseList: not null },
            ClassReader.ReadGrainClass), RegistrationsStep);
        var converters = Models(context, context.SyntaxProvider.ForAttributeWithMetadataName(
            Names.RegisterConverter,
            static (_, _) => true,
            static ReadResult<RegistrationModel>? (c, _) => ClassReader.ReadConverter(c)), RegistrationsStep);
        var copiers = Models(context, context.SyntaxProvider.ForAttributeWithMetadataName(
            Names.RegisterCopier,
            static (_, _) => true,
            static ReadResult<RegistrationModel>? (c, _) => ClassReader.ReadCopier(c)), RegistrationsStep);

        context.RegisterSourceOutput(interfaces.SelectMany(static (all, _) => all).Combine(ns), static (output, pair) =>
            Add(output, pair.Left.SafeName, ProxyEmitter.Emit(pair.Left, pair.Right)));
        context.RegisterSourceOutput(serializables.SelectMany(static (all, _) => all.Where(m => m.Kind != SerializableKind.Enum)).Combine(ns), static (output, pair) =>
            Add(output, pair.Left.SafeName, SerializableEmitter.Emit(pair.Left, pair.Right)));

        var manifest = interfaces.Combine(serializables).Combine(grains).Combine(converters).Combine(copiers).Combine(ns)
            .Select(static (all, _) =>
            {
                var (((((interfaces, serializables), grains), converters), copiers), ns) = all;
                return interfaces.Count + serializables.Count + grains.Count + converters.Count + copiers.Count == 0
                    ? ""
                    : ManifestEmitter.Emit(ns, interfaces, serializables, grains.Concat(converters).Concat(copiers));
            })
            .WithTrackingName(ManifestStep);
        context.RegisterSourceOutput(manifest, static (output, text) =>
        {
            if (text.Length > 0)
                Add(output, "Manifest", text);
        });
    }

    /// <summary>The models that were read; what is wrong is reported apart, because it moves with every edit of its file.</summary>
    /// <remarks>
    /// All models are one value, which is compared as a whole: a single one counts as new whenever a declaration that was looked at
    /// in vain is added before it.
    /// </remarks>
    private static IncrementalValueProvider<EquatableArray<T>> Models<T>(
        IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<ReadResult<T>?> results, string step)
        where T : class, IEquatable<T>
    {
        context.RegisterSourceOutput(results.SelectMany(static (r, _) => r?.Diagnostics ?? EquatableArray<DiagnosticInfo>.Empty), static (output, problem) =>
            output.ReportDiagnostic(problem.ToDiagnostic()));

        return results.Where(static r => r?.Model is not null).Select(static (r, _) => r!.Model!).Collect()
            .Select(static (all, _) => all.ToEquatable()).WithTrackingName(step);
    }

    private static void Add(SourceProductionContext output, string name, string text) =>
        output.AddSource($"{name}.g.cs", SourceText.From(text, Encoding.UTF8));
}
