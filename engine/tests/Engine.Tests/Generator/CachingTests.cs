using System.Collections;
using Engine.CodeGenerator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Engine.Tests.Generator;

public sealed class CachingTests
{
    private const string Unrelated = "public class Unrelated { public int X; }";

    private const string Source = """
        public interface IG : IGrainWithStringKey { Task<R> M(R value, CancellationToken cancellationToken); }
        [GenerateSerializer] public record R(string A, List<int> B);
        [GenerateSerializer] public enum E { A }
        public class G : Grain, IG { public Task<R> M(R value, CancellationToken cancellationToken) => Task.FromResult(value); }
        public class Foreign;
        [GenerateSerializer] public struct Surrogate;
        [RegisterConverter] public class C : IConverter<Foreign, Surrogate>
        {
            public Foreign ConvertFromSurrogate(in Surrogate surrogate) => new();
            public Surrogate ConvertToSurrogate(in Foreign value) => new();
        }
        """;

    private static readonly string[] s_steps =
        [OrleansGenerator.InterfacesStep, OrleansGenerator.SerializablesStep, OrleansGenerator.RegistrationsStep, OrleansGenerator.ManifestStep];

    [Fact]
    public void Run_AfterAnEditInAnotherFile_RepeatsNothing()
    {
        var result = RunAgain("public class Unrelated { public int X; public interface INew : IDisposable; public class More : Exception; }", Source);

        AssertUnchanged(result);
    }

    [Fact]
    public void Run_AfterAnEditThatMovesEverything_RepeatsNothing() =>
        AssertUnchanged(RunAgain(Unrelated, "// A comment, and with it all lines move.\n\n" + Source));

    [Fact]
    public void Run_AfterAMemberWasAdded_GeneratesItsTypeAnew()
    {
        var result = RunAgain(Unrelated, Source.Replace("List<int> B)", "List<int> B, int C)", StringComparison.Ordinal));

        Assert.Equal(IncrementalStepRunReason.Modified, Reason(OrleansGenerator.SerializablesStep));
        Assert.NotEqual(IncrementalStepRunReason.Modified, Reason(OrleansGenerator.InterfacesStep));
        Assert.NotEqual(IncrementalStepRunReason.Modified, Reason(OrleansGenerator.ManifestStep));

        IncrementalStepRunReason Reason(string step) => Assert.Single(Assert.Single(result.TrackedSteps[step]).Outputs).Reason;
    }

    [Fact]
    public void Run_OfEveryStep_CarriesNoSymbolsAndNoSyntax()
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var step in s_steps.SelectMany(s => RunAgain(Unrelated, Source).TrackedSteps[s]))
        {
            foreach (var (value, _) in step.Outputs)
                AssertPlain(value, seen);
        }
    }

    private static GeneratorRunResult RunAgain(params string[] edited)
    {
        var compilation = GeneratorFixture.Compile("Sample", [], Unrelated, Source);
        var driver = GeneratorFixture.CreateDriver().RunGenerators(compilation);
        var changed = compilation;
        for (var i = 0; i < edited.Length; i++)
        {
            var old = compilation.SyntaxTrees[i + 1];
            if (old.ToString() != edited[i])
                changed = changed.ReplaceSyntaxTree(old, CSharpSyntaxTree.ParseText(edited[i], (CSharpParseOptions)old.Options, old.FilePath));
        }

        return driver.RunGenerators(changed).GetRunResult().Results.Single();
    }

    private static void AssertUnchanged(GeneratorRunResult result)
    {
        foreach (var step in s_steps)
        {
            Assert.NotEmpty(result.TrackedSteps[step]);
            Assert.All(
                result.TrackedSteps[step].SelectMany(s => s.Outputs),
                o => Assert.True(o.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"{step}: {o.Reason}"));
        }

        Assert.All(
            result.TrackedOutputSteps.SelectMany(s => s.Value).SelectMany(s => s.Outputs),
            o => Assert.True(o.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"output: {o.Reason}"));
    }

    private static void AssertPlain(object? value, HashSet<object> seen)
    {
        if (value is null || value is string || value.GetType().IsPrimitive || value.GetType().IsEnum || !seen.Add(value))
            return;

        Assert.False(value is ISymbol or SyntaxNode or SyntaxTree or Compilation or Location, $"{value.GetType()} is kept");
        if (value is IEnumerable items)
        {
            foreach (var item in items)
                AssertPlain(item, seen);

            return;
        }

        Assert.StartsWith("Engine.CodeGenerator.Model", value.GetType().FullName, StringComparison.Ordinal);
        foreach (var property in value.GetType().GetProperties().Where(p => p.GetIndexParameters().Length == 0))
            AssertPlain(property.GetValue(value), seen);
    }
}
