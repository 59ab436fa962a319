using System.Net;
using System.Net.Sockets;
using Crescent.ApiHost.Tests.Hosting;

namespace Crescent.ApiHost.Tests.Composition;

/// <summary>The built program as a process of its own, the way it is started by hand.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task FirstScreen_OfACleanFolder_PlacesAnOrderWhenItsCommandIsPasted()
    {
        using var temp = new TempFolder();
        var folder = temp.Path;
        await using var process = HostProcess.Start(folder);
        var screen = await process.ReadFirstScreenAsync();

        Assert.Contains("engine", screen, StringComparison.Ordinal);
        foreach (var role in (string[])["customer", "admin", "operator"])
            Assert.Matches($@"{role}\s+eyJ", screen);

        var command = screen.Split('\n').Single(line => line.StartsWith("curl ", StringComparison.Ordinal));
        var first = await HostProcess.PasteAsync(command);
        var second = await HostProcess.PasteAsync(command);

        Assert.Equal("completed", (string?)first["status"]);
        Assert.Equal("completed", (string?)second["status"]);
        Assert.NotEqual((string?)first["id"], (string?)second["id"]);
    }

    [Fact]
    public async Task Start_OnAPortThatIsTaken_EndsWithOneSentence()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}";

        using var folder = new TempFolder();
        await ExpectRefusalAsync(folder.Path, url, [url]);
    }

    [Fact]
    public async Task Start_OnAFolderInUse_EndsWithOneSentence()
    {
        using var temp = new TempFolder();
        var folder = temp.Path;
        await using var host = await TestHost.StartOnAsync(folder, null, "--Crescent:DemoData=false");

        await ExpectRefusalAsync(folder, "http://127.0.0.1:0", [folder, "in use"]);
    }

    [Fact]
    public async Task Start_OnAFolderThatCannotBe_EndsWithOneSentence()
    {
        using var folder = new TempFolder();
        var file = folder.File("a-file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);

        await ExpectRefusalAsync(Path.Combine(file, "data"), "http://127.0.0.1:0", [file]);
    }

    [Theory]
    [InlineData("--Crescent:DataFoldr=x", "Crescent:DataFoldr")]
    [InlineData("--Crescent:DemoData=perhaps", "DemoData")]
    [InlineData("--Crescent:GrainCalls:TimeoutSeconds=0", "Crescent:GrainCalls:TimeoutSeconds")]
    [InlineData("--Crescent:RateLimits:Request=7", "Request")]
    [InlineData("--Crescent:Auth:Authority=ftp://issuer", "Authority")]
    [InlineData("--urls=nonsense", "nonsense")]
    public async Task Start_WithAWrongSetting_EndsWithASentenceThatNamesIt(string setting, string named)
    {
        using var folder = new TempFolder();
        await ExpectRefusalAsync(folder.Path, "http://127.0.0.1:0", [named], setting);
    }

    [Fact]
    public async Task Start_OutsideDevelopment_RefusesTheBuiltInIssuer()
    {
        using var folder = new TempFolder();
        await ExpectRefusalAsync(folder.Path, "http://127.0.0.1:0", ["Production", "AllowBuiltInIssuer"], "--environment=Production");
    }

    static async Task ExpectRefusalAsync(string folder, string url, string[] named, params string[] settings)
    {
        await using var process = HostProcess.Start(folder, url, settings);

        var (exitCode, output, error) = await process.EndAsync();

        Assert.Equal(1, exitCode);
        Assert.Equal("", output);
        var sentence = Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.EndsWith(".", sentence, StringComparison.Ordinal);
        Assert.All(named, name => Assert.Contains(name, sentence, StringComparison.Ordinal));
    }
}
