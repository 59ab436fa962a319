using System.Net;
using System.Text.Json.Nodes;

namespace Crescent.ApiHost.Tests.Hosting;

/// <summary>What most tests begin with: a user, products, orders.</summary>
internal static class Shop
{
    public static async Task<string> RegisterAsync(this RunningCrescent host, string name = "Kim", string? email = null)
    {
        var answer = await host.As(null).Post("/api/v1/users", new { email = email ?? $"{Guid.NewGuid():N}@example.com", name });
        return (string)answer.Expect(HttpStatusCode.Created)["id"]!;
    }

    public static async Task<string> AddProductAsync(this RunningCrescent host, int stock, decimal price = 100, string currency = "USD", string name = "Lamp")
    {
        var answer = await host.AsAdmin().Post("/api/v1/products", new { name, price, currency, stock });
        return (string)answer.Expect(HttpStatusCode.Created)["id"]!;
    }

    public static object Order(string userId, string productId, int quantity = 1, string token = "tok_ok") =>
        OrderOf(userId, token, (productId, quantity));

    public static object OrderOf(string userId, string token, params (string ProductId, int Quantity)[] items) => new
    {
        userId,
        items = items.Select(item => new { productId = item.ProductId, quantity = item.Quantity }),
        payment = new { token },
        shipTo = new { name = "Kim Ro", street = "1 Main Street", city = "Busan", postalCode = "48058", country = "KR" },
    };

    /// <summary>Places the order under a new key and answers at once, or when it has ended if the test wants to wait.</summary>
    public static Task<Answer> PlaceAsync(this RunningCrescent host, string userId, object order, int? wait = 20, string? key = null) =>
        host.As(userId).PlaceAsync(order, wait, key);

    public static Task<Answer> PlaceAsync(this ApiClient client, object order, int? wait = 20, string? key = null) => client.Post(
        "/api/v1/orders",
        order,
        wait is null ? [("Idempotency-Key", key ?? Guid.NewGuid().ToString())] : [("Idempotency-Key", key ?? Guid.NewGuid().ToString()), ("Prefer", $"wait={wait}")]);

    /// <summary>The order as soon as it has ended.</summary>
    public static async Task<JsonNode> EndAsync(this RunningCrescent host, string orderId) => (await Eventually.GetAsync(
        () => host.AsAdmin().Get($"/api/v1/orders/{orderId}"),
        answer => answer.Text("status") is "completed" or "rejected" or "cancelled", TestContext.Current.CancellationToken)).Expect(HttpStatusCode.OK);

    public static async Task<(int OnHand, int Available, int Reserved)> StockAsync(this RunningCrescent host, string productId)
    {
        var product = (await host.As(null).Get($"/api/v1/products/{productId}")).Expect(HttpStatusCode.OK);
        return ((int)product["onHand"]!, (int)product["available"]!, (int)product["reserved"]!);
    }

    public static async Task<string?> PaymentStatusAsync(this RunningCrescent host, string orderId) =>
        (await host.AsAdmin().Get($"/api/v1/orders/{orderId}/payment")).Text("status");
}
