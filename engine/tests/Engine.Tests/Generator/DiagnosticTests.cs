using Microsoft.CodeAnalysis;

namespace Engine.Tests.Generator;

public sealed class DiagnosticTests
{
    [Theory]
    [InlineData("ORLEANS0001", "public interface IG : IGrainWithStringKey { Task M(); } public class G : Grain, IG { [AlwaysInterleave] public Task M() => Task.CompletedTask; }", "M")]
    [InlineData("ORLEANS0002", "public interface IG : IGrainWithStringKey { Task M(in int value); }", "value")]
    [InlineData("ORLEANS0004", "[GenerateSerializer] public class C { public int X { get; set; } }", "X")]
    [InlineData("ORLEANS0004", "[GenerateSerializer] public class C { private int _x; public int X => _x++; }", "_x")]
    [InlineData("ORLEANS0006", "[GenerateSerializer] public class C { [Id(0)] public static int X { get; set; } }", "X")]
    [InlineData("ORLEANS0006", "[GenerateSerializer] public abstract class C { [Id(0)] public abstract int X { get; set; } }", "X")]
    [InlineData("ORLEANS0008", "public interface IG : IGrainWithStringKey { int X { get; } }", "X")]
    [InlineData("ORLEANS0009", "public interface IG : IGrainWithStringKey { int M(); }", "M")]
    [InlineData("ORLEANS0009", "public interface IG : IGrainWithStringKey { void M(); }", "M")]
    [InlineData("ORLEANS0009", "public interface IG : IGrainWithStringKey { IAsyncEnumerable<int> M(); }", "M")]
    [InlineData("ORLEANS0011", "public interface IG : IGrainWithStringKey { [Alias(\"a\")] Task M(); [Alias(\"a\")] Task N(); }", "N")]
    [InlineData("ORLEANS0012", "[GenerateSerializer] public class C { [Id(1)] public int X { get; set; } [Id(1)] public int Y { get; set; } }", "Y")]
    [InlineData("ORLEANS0013", "public interface IG : IGrainWithStringKey; [Alias(\"g\")] public class G : Grain, IG;", "G")]
    [InlineData("ORLEANS0107", "public class Outer { [GenerateSerializer] private record C(int X); }", "C")]
    [InlineData("ORLEANS0107", "[GenerateSerializer] file record C(int X);", "C")]
    [InlineData("ORLEANS0107", "public class Outer { private interface IG : IGrainWithStringKey { Task M(); } }", "IG")]
    [InlineData("ORLEANS0109", "public interface IG : IGrainWithStringKey { Task M(CancellationToken a, CancellationToken b); }", "M")]
    [InlineData("ENGINE0001", "public interface IG : IGrainWithStringKey { Task M<T>(T value); }", "M")]
    [InlineData("ENGINE0001", "public interface IG<T> : IGrainWithStringKey { Task M(T value); }", "IG")]
    [InlineData("ENGINE0002", "[GenerateSerializer] public class C { [Id(0)] public int X => 1; }", "X")]
    [InlineData("ENGINE0003", "[GenerateSerializer(IncludePrimaryConstructorParameters = true)] public class C(int x) { [Id(0)] public int X { get; set; } = x; }", "C")]
    [InlineData("ENGINE0004", "public abstract class B; [GenerateSerializer] public class C : B;", "C")]
    [InlineData("ENGINE0005", "public interface IG : IGrainWithStringKey { Task M(); } public class G : Grain, IG { [ReadOnly] public Task M() => Task.CompletedTask; }", "M")]
    [InlineData("ENGINE0006", "[RegisterConverter] public class C;", "C")]
    public void Generator_OnAMistake_ReportsAnErrorWhereItIs(string id, string source, string at)
    {
        var diagnostic = Assert.Single(GeneratorFixture.Diagnose(source));

        Assert.Equal(id, diagnostic.Id);
        Assert.Equal(DiagnosticSeverity.Error, diagnostic.Severity);
        var span = diagnostic.Location.SourceSpan;
        Assert.Equal(at, source[span.Start..span.End]);
    }

    [Theory]
    [InlineData("[GenerateSerializer] public class C { [NonSerialized] public int X; [field: NonSerialized] public int Y { get; set; } public int Z => 1; public const int W = 1; public static int V; }")]
    [InlineData("[GenerateSerializer] public record C(int X) { public int Twice => 2 * X; }")]
    [InlineData("[GenerateSerializer(IncludePrimaryConstructorParameters = false)] public record C(int X) { [Id(0)] public int Y { get; init; } }")]
    [InlineData("public interface IG : IGrainWithStringKey { static string Key() => \"\"; Task M(); Task<int> N() => Task.FromResult(1); }")]
    [InlineData("public interface INoGrain { int M(); }")]
    [InlineData("public interface IG<T> : IGrainWithStringKey; public interface IH : IG<int> { Task M(); }")]
    public void Generator_OnWhatIsAllowed_ReportsNothing(string source) => Assert.Empty(GeneratorFixture.Diagnose(source));
}
