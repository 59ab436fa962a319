using System.Reflection;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.TestingHost;

namespace Engine.Tests.PublicApi;

/// <summary>Whoever uses the engine must be able to change to Microsoft Orleans: what the engine shows is a part of what Orleans shows.</summary>
public sealed class PublicApiTests
{
    private static readonly Assembly[] Engine = [typeof(Orleans.Grain).Assembly, typeof(ISiloBuilder).Assembly, typeof(AdoNetClusteringSiloOptions).Assembly, typeof(TestCluster).Assembly];

    [Fact]
    public void PublicMembers_OfTheEngine_AreInOrleansWithTheSameSignature()
    {
        var orleans = ReadExtract();
        var lines = ApiListing.Of(Engine).ToArray();
        Assert.NotEmpty(lines);

        // TLS is in an assembly that the listing doesn't cover.
        var differences = lines.Where(line => !orleans.Contains(line) && !IsTls(line)).Order(StringComparer.Ordinal).ToArray();

        Assert.True(differences.Length == 0, $"{differences.Length} public members differ from those of Orleans:\n" + string.Join('\n', differences));
    }

    [Fact]
    public void Extract_HasNoTypes_ThatTheEngineDoesNotHave()
    {
        var own = ApiListing.Of(Engine).Where(IsType).Select(NameOf).ToHashSet(StringComparer.Ordinal);

        var unknown = ReadExtract().Where(IsType).Select(NameOf).Where(name => !own.Contains(name)).Order(StringComparer.Ordinal).ToArray();

        Assert.True(unknown.Length == 0, "The extract is out of date, run update.sh:\n" + string.Join('\n', unknown));
    }

    private static bool IsTls(string line) =>
        line.Contains(" Orleans.Connections.Security.", StringComparison.Ordinal) || line.Contains(" Orleans.Hosting.OrleansConnectionSecurityHostingExtensions", StringComparison.Ordinal);

    private static bool IsType(string line) => line.StartsWith("T ", StringComparison.Ordinal);

    private static string NameOf(string line) => line.Split(' ')[1];

    private static HashSet<string> ReadExtract()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("orleans-10.4.2.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => l[0] != '#')
            .Select(l => l.Replace(" obsolete", "", StringComparison.Ordinal).Replace(" experimental", "", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
    }
}
