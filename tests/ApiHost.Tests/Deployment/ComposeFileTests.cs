using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Crescent.ApiHost.Tests.Composition;

namespace Crescent.ApiHost.Tests.Deployment;

/// <summary>docker-compose.yml, read as far as that goes without containers.</summary>
public sealed partial class ComposeFileTests
{
    static readonly JsonObject s_file = PlainYaml.Parse(Source.Read("docker-compose.yml"));
    static readonly JsonObject s_services = s_file["services"]!.AsObject();

    [Fact]
    public void Services_Are_ThoseOfACluster() => Assert.Equal(
        ["api-1", "api-2", "balancer", "collector", "postgres", "sandbox", "secrets", "silo-1", "silo-2", "silo-3"],
        s_services.Select(service => service.Key).Order());

    [Fact]
    public void Collector_Alone_IsOptional() =>
        Assert.Equal(["collector"], s_services.Where(service => service.Value!["profiles"] is not null).Select(service => service.Key));

    [Fact]
    public void Image_OfOurs_IsBuiltFromADockerfileThatIsThere() => Assert.All(
        s_services.Where(service => service.Value!["build"] is not null),
        service =>
        {
            var build = service.Value!["build"]!;
            Assert.Equal(".", (string?)build["context"]);
            Assert.Equal("${ORLEANS_SOURCE:-nuget}", (string?)build["args"]!["ORLEANS_SOURCE"]);
            var dockerfile = Source.Read((string)build["dockerfile"]!);
            Assert.Contains("ARG ORLEANS_SOURCE=nuget", dockerfile, StringComparison.Ordinal);
            var project = PublishedProject().Match(dockerfile).Groups[1].Value;
            Assert.Contains($"<AssemblyName>Crescent.{project}</AssemblyName>", Source.Read($"src/{project}/{project}.csproj"), StringComparison.Ordinal);
            Assert.Contains($"ENTRYPOINT [\"dotnet\", \"Crescent.{project}.dll\"]", dockerfile, StringComparison.Ordinal);
        });

    [Fact]
    public void Setting_Any_IsOneThatTheProgramsKnow()
    {
        var known = SettingsDocument.Rows().Select(row => row.Key).ToHashSet(StringComparer.Ordinal);
        var named = s_services.SelectMany(service => service.Value!["environment"]?.AsObject() ?? []).Select(variable => variable.Key)
            .Where(key => key.StartsWith("Crescent__", StringComparison.Ordinal)).Select(key => key.Replace("__", ":", StringComparison.Ordinal)).ToHashSet();

        Assert.NotEmpty(named);
        Assert.All(named, key => Assert.Contains(key, known));
    }

    [Fact]
    public void Setting_OfTheScriptWithoutContainers_IsOneThatTheProgramsKnow()
    {
        var known = SettingsDocument.Rows().Select(row => row.Key).ToHashSet(StringComparer.Ordinal);
        var named = ScriptSetting().Matches(Source.Read("deploy/local/parts.sh")).Select(match => match.Groups[1].Value.Replace("__", ":", StringComparison.Ordinal)).ToHashSet();

        Assert.NotEmpty(named);
        Assert.All(named, key => Assert.Contains(key, known));
    }

    [Fact]
    public void Silo_Any_HasANameAndAnAddressOfItsOwn() => Assert.All(
        s_services.Where(service => service.Key.StartsWith("silo-", StringComparison.Ordinal)),
        service =>
        {
            Assert.Equal(service.Key, (string?)service.Value!["environment"]!["Crescent__Cluster__SiloName"]);
            Assert.Equal(service.Key, (string?)service.Value!["environment"]!["Crescent__Cluster__Address"]);
        });

    [Fact]
    public void Dependency_Any_IsAService() => Assert.All(
        s_services.SelectMany(service => Names(service.Value!["depends_on"])),
        name => Assert.True(s_services.ContainsKey(name), name));

    [Fact]
    public void Volume_Any_IsDeclaredOrAFileThatIsThere() => Assert.All(
        s_services.SelectMany(service => Names(service.Value!["volumes"])).Select(volume => volume.Split(':')[0]),
        source => Assert.True(source.StartsWith("./", StringComparison.Ordinal) ? Source.Exists(source) : s_file["volumes"]!.AsObject().ContainsKey(source), source));

    [Fact]
    public void Balancer_Template_GetsEveryValueItAsksFor()
    {
        var balancer = s_services["balancer"]!["environment"]!.AsObject();
        var asked = Placeholder().Matches(Source.Read("deploy/nginx/crescent.conf.template")).Select(match => match.Groups[1].Value).Distinct().Order();

        Assert.Equal(asked, balancer.Select(variable => variable.Key).Order());
    }

    [Fact]
    public void Balancer_Servers_AreAllApiHostsOnThePortTheyListenOn()
    {
        var servers = UpstreamServer().Matches((string)s_services["balancer"]!["environment"]!["API_SERVERS"]!).Select(match => match.Groups[1].Value);
        var port = ListeningPort().Match(Source.Read("deploy/docker/api.Dockerfile")).Groups[1].Value;

        Assert.Equal(s_services.Select(service => service.Key).Where(name => name.StartsWith("api-", StringComparison.Ordinal)).Select(name => $"{name}:{port}").Order(), servers.Order());
    }

    static IEnumerable<string> Names(JsonNode? listOrMapping) => listOrMapping switch
    {
        JsonArray list => list.Select(item => (string)item!),
        JsonObject mapping => mapping.Select(item => item.Key),
        _ => [],
    };

    [GeneratedRegex(@"dotnet publish src/(\w+) ")]
    private static partial Regex PublishedProject();

    [GeneratedRegex(@"\b(Crescent__\w+)=")]
    private static partial Regex ScriptSetting();

    [GeneratedRegex(@"\$\{(\w+)\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"server (\S+)")]
    private static partial Regex UpstreamServer();

    [GeneratedRegex(@"ASPNETCORE_URLS=http://\+:(\d+)")]
    private static partial Regex ListeningPort();
}
