using Crescent.Testing;

namespace Crescent.Silo.Tests.Clustered;

/// <summary>What a silo says that cannot start.</summary>
public sealed class SiloStartTests : IDisposable
{
    /// <summary>Nothing listens there.</summary>
    const string NoDatabase = "--Crescent:Postgres:ConnectionString=Host=127.0.0.1;Port=1;Username=nobody;Database=none";

    static readonly string[] s_providers =
    [
        "--Crescent:Providers:Payment:Name=sandbox", "--Crescent:Providers:Payment:BaseAddress=http://127.0.0.1:1/",
        "--Crescent:Providers:Carrier:Name=sandbox", "--Crescent:Providers:Carrier:BaseAddress=http://127.0.0.1:1/",
    ];

    readonly TempFolder _folder = new();

    public SiloStartTests() => Secrets.Create(SecretsFile, ["client"]);

    string SecretsFile => _folder.File("secrets.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task Start_WithoutAConnectionString_EndsWithOneSentence() => ExpectRefusalAsync(["Crescent:Postgres:ConnectionString"]);

    [Fact]
    public Task Start_WithoutDatabase_EndsWithOneSentence() => ExpectRefusalAsync(
        ["PostgreSQL", "127.0.0.1:1", "Crescent:Postgres:ConnectionString"],
        [NoDatabase, "--Crescent:Postgres:StartTimeout=00:00:01", SecretsSetting, .. s_providers]);

    [Fact]
    public Task Start_WithoutSecretsSettingEndsWithOneSentence() => ExpectRefusalAsync(
        ["no secrets file", "nowhere.json"], [NoDatabase, $"--Crescent:Cluster:SecretsFile={_folder.File("nowhere.json")}", .. s_providers]);

    [Fact]
    public Task Start_WithSandboxesInTheProcess_EndsWithOneSentence() =>
        ExpectRefusalAsync(["Crescent:Providers:Payment:BaseAddress", "ProviderSandbox"], [NoDatabase, SecretsSetting]);

    [Theory]
    [InlineData("--Crescent:Cluster:SiloPort=0", "SiloPort")]
    [InlineData("--Crescent:Cluster:ProbeTimeout=00:10:00", "ProbeTimeout")]
    [InlineData("--Crescent:Cluster:Adress=10.0.0.1", "Adress")]
    [InlineData("--Crescent:Cluster:Address=nowhere.invalid", "nowhere.invalid")]
    [InlineData("--Crescent:Cluster:Tls:CertificateFile=silo.pem", "Tls")]
    [InlineData("--Crescent:Postgres:MaxConnections=1", "MaxConnections")]
    [InlineData("--Crescent:Postgres:ConnectionString=Hots=db", "ConnectionString")]
    [InlineData("--Crescent:Postgers:ConnectionString=x", "Crescent:Postgers")]
    [InlineData("--Crescent:Sweeper:PageSize=0", "PageSize")]
    public Task Start_WithAWrongSetting_EndsWithASentenceThatNamesIt(string setting, string named) =>
        ExpectRefusalAsync([named], [NoDatabase, SecretsSetting, "--Crescent:Postgres:StartTimeout=00:00:01", .. s_providers, setting]);

    string SecretsSetting => $"--Crescent:Cluster:SecretsFile={SecretsFile}";

    static async Task ExpectRefusalAsync(string[] named, params string[] settings)
    {
        var (exitCode, output, error) = await SiloProcess.RunAsync(settings);

        Assert.Equal(1, exitCode);
        Assert.Equal("", output);
        var sentence = Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.EndsWith(".", sentence, StringComparison.Ordinal);
        Assert.All(named, name => Assert.Contains(name, sentence, StringComparison.Ordinal));
    }
}
