using Crescent.ApiHost.Auth;
using Crescent.ApiHost.Tests.Hosting;

namespace Crescent.Cluster.Tests.Load;

/// <summary>The buyers and products of a run.</summary>
/// <param name="Users">The buyers' ids.</param>
/// <param name="Tokens">The buyers' tokens.</param>
/// <param name="Products">The products' ids.</param>
internal sealed record Shoppers(IReadOnlyList<string> Users, IReadOnlyList<string> Tokens, IReadOnlyList<string> Products)
{
    const int Plenty = 1_000_000;
    const int Scarce = 25;

    public static async Task<Shoppers> CreateAsync(RunningCrescent host)
    {
        var users = await Task.WhenAll(Enumerable.Range(0, OrderPlan.Buyers).Select(i => host.RegisterAsync($"Buyer {i}")));
        var products = await Task.WhenAll(Enumerable.Range(0, OrderPlan.Products).Select(i =>
            host.AddProductAsync(i < OrderPlan.Products - OrderPlan.ScarceProducts ? Plenty : Scarce, 10 + i + 0.25m, name: $"Product {i}")));
        return new Shoppers(users, [.. users.Select(user => host.Token(user, Roles.Customer))], products);
    }

    /// <summary>The body of the request that places the order.</summary>
    public object Body(PlannedOrder order, int extraUnits = 0) => new
    {
        userId = Users[order.Buyer],
        items = order.Lines.Select(line => new { productId = Products[line.Product], quantity = line.Quantity + extraUnits }),
        payment = new { token = order.Way.Token },
        shipTo = new { name = "Kim Ro", street = "1 Main Street", city = "Busan", postalCode = "48058", country = order.Way.Country },
    };
}
