using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Tidy;

/// <summary>Which project may know which: docs/ARCHITECTURE.md.</summary>
public sealed partial class ArrowTests
{
    private static readonly Dictionary<string, string[]> s_arrows = new()
    {
        ["Domain"] = [],
        ["EventStore"] = ["Domain"],
        ["GrainInterfaces"] = [],
        ["Grains"] = ["GrainInterfaces", "Domain", "EventStore"],
        ["Providers"] = ["Domain"],
        ["ReadModels"] = ["EventStore", "Domain"],
        ["ProviderSandbox"] = ["Providers"],
        ["Silo"] = ["Grains", "Providers", "ReadModels"],
        ["ApiHost"] = ["GrainInterfaces", "ReadModels", "Silo"],
    };

    [Fact]
    public void Project_InSrc_PointsOnlyWhereItMay()
    {
        var wrong = from project in Repository.Projects
                    where project.Path.StartsWith("src/", StringComparison.Ordinal)
                    let name = Path.GetFileNameWithoutExtension(project.Path)
                    from target in References(project)
                    where !s_arrows.TryGetValue(name, out var allowed) || !allowed.Contains(target)
                    select $"{name} -> {target}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void Domain_Project_ReferencesNoRuntimePackage()
    {
        var domain = Repository.Projects.Single(p => p.Path == "src/Domain/Domain.csproj");
        var packages = XDocument.Parse(domain.Text).Descendants("PackageReference").Where(p => (string?)p.Attribute("PrivateAssets") != "all").Select(p => (string?)p.Attribute("Include"));
        Assert.Empty(packages);
    }

    [Fact]
    public void Silo_InApiHost_IsKnownToCompositionAlone() =>
        Assert.Empty(Repository.CSharp
            .Where(f => f.Path.StartsWith("src/ApiHost/", StringComparison.Ordinal) && !f.Path.StartsWith("src/ApiHost/Composition/", StringComparison.Ordinal))
            .Where(f => SiloUse().IsMatch(f.Text))
            .Select(f => f.Path));

    [Fact]
    public void Engine_OutsideItsFolder_IsKnownToOneFileAlone() =>
        Assert.Empty(Repository.Files
            .Where(f => f.Path.EndsWith(".cs", StringComparison.Ordinal) || f.Path.EndsWith(".csproj", StringComparison.Ordinal))
            .Where(f => !f.Path.StartsWith("engine/", StringComparison.Ordinal) && !f.Path.StartsWith("tests/Tidy/", StringComparison.Ordinal))
            .Where(f => EngineUse().IsMatch(f.Text))
            .Select(f => f.Path));

    private static IEnumerable<string> References(RepositoryFile project) =>
        XDocument.Parse(project.Text).Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension(((string)r.Attribute("Include")!).Replace('\\', '/')));

    [GeneratedRegex(@"Crescent\.(Silo|Grains|Domain|Providers|EventStore)\b")]
    private static partial Regex SiloUse();

    [GeneratedRegex(@"\bEngine\.(CodeGeneration|CodeGenerator|Core|Runtime|TestingHost|AdoNet)\b|engine/Engine\.")]
    private static partial Regex EngineUse();
}
