namespace Engine.Tests.Generator;

public sealed class GeneratedCodeTests
{
    [Fact]
    public void Generate_ForUnusualInterfaces_GivesCodeWithoutWarnings() => GeneratorFixture.Generate("Sample", [], """
        #nullable enable
        [Alias("base")]
        public interface IBase : IGrainWithStringKey
        {
            Task<string?> Get(string? key = null, params int[] numbers);
            [Alias("other")] ValueTask Get(int @class, int call, int @event);
        }
        public interface IDerived : IBase
        {
            ValueTask<(int Number, string? Text)> Tuple((int A, List<int?>? B) tuple, CancellationToken cancellationToken = default);
            [ReadOnly, ResponseTimeout("00:00:05")] Task @return(dynamic anything, IBase self, object? other, IReadOnlyDictionary<string, int[][]> map);
            new Task Get(string key, int[] numbers);
        }
        public interface IClosed : IOpen<string>;
        public interface IOpen<T> : IGrainWithStringKey;
        public interface IExtension : IGrainExtension { Task M(); }
        public partial interface IPartial : IGrainWithStringKey { Task M(); }
        public partial interface IPartial : IBase { Task N(); }
        internal class Outer { internal interface INested : IGrainWithGuidKey { Task M(); } }
        namespace @namespace { public interface @interface : IGrainWithIntegerKey { Task @void(); } }
        public abstract class Base<T> : Grain;
        public partial class G : Base<int>, IPartial { public Task M() => Task.CompletedTask; public Task N() => Task.CompletedTask; public Task<string?> Get(string? key, params int[] numbers) => Task.FromResult(key); public ValueTask Get(int a, int b, int c) => default; }
        public partial class G : IGrainWithStringKey;
        """);

    [Fact]
    public void Generate_ForUnusualTypes_GivesCodeWithoutWarnings() => GeneratorFixture.Generate("Sample", [], """
        #nullable enable
        [GenerateSerializer] public record struct S<T>(T? @class, int @event) where T : class, IComparable<T>, new();
        [GenerateSerializer] public sealed record Derived(string? A, int? B) : Middle<int?>(A, B);
        [GenerateSerializer] public abstract record Middle<T>(string? A, T B) : Root { [Id(0)] public required T C { get; init; } }
        [GenerateSerializer] public abstract record Root { [Id(0)] private protected readonly List<string?>? _x; }
        [GenerateSerializer] public class Outer<T> { [GenerateSerializer] public class Inner<U> where U : struct { [Id(0)] public (T? A, U? B)[]? X { get; private init; } } }
        [GenerateSerializer] public class Custom { [NonSerialized] private int _x; [Id(0)] public int X { get => _x; init => _x = value; } [Id(1)] int Y { get => _x; set => _x = value; } [NonSerialized] public int Z = 1; Custom() { } }
        [GenerateSerializer] public enum E : ushort { A }
        [GenerateSerializer] public class Trouble : Exception { [Id(0)] public E E { get; set; } }
        [GenerateSerializer, Immutable, Obsolete("old")] public class Old { [Id(0), Obsolete("old")] public int X { get; set; } }
        """);

    [Fact]
    public void Generate_ForTypesOfAnotherAssembly_UsesTheirs()
    {
        var library = GeneratorFixture.Generate("Library", [], """
            public interface ILibrary : IGrainWithStringKey { Task<int> M(Shared shared); }
            [GenerateSerializer] public abstract class Shared { [Id(0)] private int _hidden; protected Shared() => _hidden = 1; public int Hidden => _hidden; }
            """);

        GeneratorFixture.Generate("App", [GeneratorFixture.ToReference(library)], """
            public interface IApp : ILibrary { Task N(); }
            [GenerateSerializer] public sealed class Own : Shared { [Id(0)] public int X { get; set; } }
            public sealed class G : Grain, IApp { public Task<int> M(Shared shared) => Task.FromResult(1); public Task N() => Task.CompletedTask; }
            """);
    }

    [Fact]
    public void Generate_WithNothingToGenerate_GivesNothing()
    {
        var result = GeneratorFixture.CreateDriver().RunGenerators(GeneratorFixture.Compile("Sample", [], "public class C;"), TestContext.Current.CancellationToken).GetRunResult();

        Assert.Empty(result.GeneratedTrees);
    }
}
