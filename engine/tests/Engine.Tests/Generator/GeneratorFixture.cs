using System.Collections.Immutable;
using Engine.CodeGenerator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Engine.Tests.Generator;

/// <summary>Runs the generator on source text.</summary>
internal static class GeneratorFixture
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Orleans;
        global using Orleans.Concurrency;
        global using Orleans.Runtime;
        """;

    private static readonly CSharpParseOptions s_parse = new(LanguageVersion.Preview);

    private static readonly ImmutableArray<MetadataReference> s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(p => !Path.GetFileName(p).StartsWith("Engine.Tests", StringComparison.Ordinal))
            .Select(p => MetadataReference.CreateFromFile(p)),
    ];

    public static CSharpCompilation Compile(string name, IEnumerable<MetadataReference> more, params string[] sources) => CSharpCompilation.Create(
        name,
        [Parse(Usings, "usings.cs"), .. sources.Select((s, i) => Parse(s, $"source{i}.cs"))],
        [.. s_references, .. more],
        new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    public static SyntaxTree Parse(string source, string path) => CSharpSyntaxTree.ParseText(source, s_parse, path);

    public static GeneratorDriver CreateDriver() => CSharpGeneratorDriver.Create(
        [new OrleansGenerator().AsSourceGenerator()],
        parseOptions: s_parse,
        driverOptions: new(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>What the generator reports.</summary>
    public static ImmutableArray<Diagnostic> Diagnose(string source) =>
        CreateDriver().RunGenerators(Compile("Sample", [], source)).GetRunResult().Diagnostics;

    /// <summary>The compilation with the generated code, which must be free of errors and warnings.</summary>
    public static Compilation Generate(string name, IEnumerable<MetadataReference> more, params string[] sources)
    {
        var compilation = Compile(name, more, sources);
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));

        CreateDriver().RunGeneratorsAndUpdateCompilation(compilation, out var generated, out var diagnostics);

        Assert.Empty(diagnostics);
        Assert.Empty(generated.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning));
        return generated;
    }

    public static MetadataReference ToReference(Compilation compilation)
    {
        using var stream = new MemoryStream();
        Assert.Empty(compilation.Emit(stream).Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error));
        return MetadataReference.CreateFromImage(stream.ToArray());
    }
}
