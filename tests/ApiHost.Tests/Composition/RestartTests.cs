using System.Net;
using System.Text;
using Crescent.ApiHost.Auth;
using Crescent.ApiHost.Tests.Hosting;

namespace Crescent.ApiHost.Tests.Composition;

/// <summary>What a host keeps in its folder, and what it does not.</summary>
public sealed class RestartTests
{
    [Fact]
    public async Task Restart_OnTheSameFolder_FindsEverythingAsItWas()
    {
        using var temp = new TempFolder();
        var folder = temp.Path;
        var first = await TestHost.StartOnAsync(folder, null);
        var user = await first.RegisterAsync("Kim Ro");
        var product = await first.AddProductAsync(stock: 10);
        var placed = await first.PlaceAsync(user, Shop.Order(user, product), key: "a-key");
        var order = placed.Expect(HttpStatusCode.OK).ToJsonString();
        var token = first.Token(user, Roles.Customer);
        await first.StopAsync();

        await using var second = await TestHost.StartOnAsync(folder, null);

        Assert.Equal(order, (await second.As(user).Get($"/api/v1/orders/{placed.Text("id")}")).Body!.ToJsonString());
        Assert.Equal(order, (await second.PlaceAsync(user, Shop.Order(user, product), key: "a-key")).Body!.ToJsonString());
        Assert.Equal((9, 9, 0), await second.StockAsync(product));
        using var http = new HttpClient { BaseAddress = second.BaseAddress };
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        (await new ApiClient(http).Get($"/api/v1/users/{user}")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Folder_AfterUsersHaveOrdered_HoldsNoPersonalDataOutsideItsMails()
    {
        using var temp = new TempFolder();
        var folder = temp.Path;
        var host = await TestHost.StartOnAsync(folder, null);
        var user = await host.RegisterAsync("Xenophilius Quibbler", "xenophilius.quibbler@example.com");
        var product = await host.AddProductAsync(stock: 10);
        var order = (await host.PlaceAsync(user, new
        {
            userId = user,
            items = new[] { new { productId = product, quantity = 1 } },
            payment = new { token = "tok_ok" },
            shipTo = new { name = "Zebulon Quartermaine", street = "77 Wyvernhoe Crescent", city = "Ottery Saint Catchpole", postalCode = "QX9 7ZZ", country = "GB" },
        })).Expect(HttpStatusCode.OK);
        Assert.Equal(("completed", "Xenophilius Quibbler"), ((string?)order["status"], (string?)order["userName"]));
        await host.StopAsync();

        string[] personal = ["Xenophilius", "Quibbler", "quibbler@", "Zebulon", "Wyvernhoe", "Catchpole", "QX9 7ZZ"];
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => !IsMail(folder, file)))
        {
            var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
            foreach (var text in personal)
            {
                Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) < 0, $"{file} holds '{text}'.");
                Assert.True(bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(text)) < 0, $"{file} holds '{text}' as UTF-16.");
            }
        }
    }

    [Fact]
    public async Task Secrets_OfANewFolder_AreReadableByTheirOwnerOnly()
    {
        await using var host = await TestHost.StartAsync("--Crescent:DemoData=false");

        var secrets = Path.Combine(host.Folder, "secrets.json");

        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(secrets));
    }

    static bool IsMail(string folder, string file) => file.StartsWith(Path.Combine(folder, "mail") + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
