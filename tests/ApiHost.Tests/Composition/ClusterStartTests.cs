using System.Net;
using Crescent.ApiHost.Auth;
using Crescent.ApiHost.Composition;
using Crescent.ApiHost.Tests.Hosting;
using Crescent.Silo;

namespace Crescent.ApiHost.Tests.Composition;

/// <summary>An API host of a cluster of which nothing else is there.</summary>
public sealed class ClusterStartTests : IDisposable
{
    /// <summary>Nothing listens there.</summary>
    const string NoDatabase = "--Crescent:Postgres:ConnectionString=Host=127.0.0.1;Port=1;Username=nobody;Database=none";

    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Host_WithoutSilosAndDatabase_AnswersEverythingWith503AndSaysWhy()
    {
        Secrets.Create(_folder.File("secrets.json"), Clients.Names);
        var url = $"http://127.0.0.1:{FreePorts.OnLoopback(1)[0]}";
        await using var process = HostProcess.Start(_folder.Path, url, NoDatabase, $"--Crescent:Cluster:SecretsFile={_folder.File("secrets.json")}");
        var client = RunningCrescent.Client(new Uri(url), null);

        await Eventually.TrueAsync(async () => await AnswersAsync(client), TestContext.Current.CancellationToken);

        var ready = await client.Get("/health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.Status);
        Assert.Equal("No silo can be reached.", ready.Text("detail"));
        foreach (var path in (string[])["/api/v1/products", $"/api/v1/products/{Guid.CreateVersion7()}"])
        {
            var answer = await client.Get(path);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
            Assert.Equal("unavailable", answer.Problem);
            Assert.NotNull(answer.Message.Headers.RetryAfter);
        }

        Assert.Equal(0, await process.StopAsync());
    }

    [Fact]
    public async Task Host_WithoutSecrets_EndsWithOneSentence()
    {
        await using var process = HostProcess.Start(_folder.Path, "http://127.0.0.1:0", NoDatabase, $"--Crescent:Cluster:SecretsFile={_folder.File("nowhere.json")}");

        var (exitCode, _, error) = await process.EndAsync();

        Assert.Equal(1, exitCode);
        Assert.Contains("nowhere.json", Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_Command_CreatesThemOnceAndNeverReplacesThem()
    {
        var file = _folder.File("secrets.json");
        await using (var first = HostProcess.Run("secrets", file)) Assert.Equal(0, (await first.EndAsync()).ExitCode);
        var created = Secrets.Open(file);

        await using var second = HostProcess.Run("secrets", file);
        var (exitCode, _, error) = await second.EndAsync();

        Assert.Equal(1, exitCode);
        Assert.Contains(file, error, StringComparison.Ordinal);
        Assert.Equal(created.PersonalMasterKey, Secrets.Open(file).PersonalMasterKey);
        Assert.Equal(Clients.Names.Order(), created.ClientSecrets.Keys.Order());
    }

    static async Task<bool> AnswersAsync(ApiClient client)
    {
        try
        {
            return (await client.Get("/health/live")).Status == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
