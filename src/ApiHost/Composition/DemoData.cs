using Crescent.ApiHost.Grains;
using Crescent.GrainInterfaces;
using Crescent.GrainInterfaces.Inventory;
using Crescent.GrainInterfaces.Users;

namespace Crescent.ApiHost.Composition;

/// <summary>
/// Products and customers to play with. Their ids and the ids of the commands that create them never change, so the
/// first start creates them and every later one finds its commands done, whatever has become of them since.
/// </summary>
internal sealed class DemoData(GrainCalls calls)
{
    public static readonly DemoUser Customer = new("0192f3a0-0000-7000-8000-000000000001", "ada@example.com", "Ada Lovelace");

    public static readonly DemoProduct FirstProduct = new("0192f3a0-0000-7000-8000-000000000011", "Espresso beans, 1 kg", 24.50m, "USD", 10_000);

    static readonly DemoUser[] Users =
    [
        Customer,
        new("0192f3a0-0000-7000-8000-000000000002", "grace@example.com", "Grace Hopper"),
    ];

    static readonly DemoProduct[] Products =
    [
        FirstProduct,
        new("0192f3a0-0000-7000-8000-000000000012", "Hand grinder", 89m, "USD", 250),
        new("0192f3a0-0000-7000-8000-000000000013", "Limited edition cup", 15m, "USD", 10),
    ];

    public async Task CreateAsync(CancellationToken ct)
    {
        await Task.WhenAll(Users.Select(user => calls.CallAsync<IUserGrain, CommandResult<UserRejectionReason>>(
            user.Id, (grain, token) => grain.Register(new RegisterUser(Guid.Parse(user.Id), user.Email, user.Name), token), ct)));
        await Task.WhenAll(Products.Select(product => calls.CallAsync<IInventoryGrain, CommandResult<InventoryRejectionReason>>(
            product.Id,
            (grain, token) => grain.Create(new CreateProduct(Guid.Parse(product.Id), product.Name, product.Price, product.Currency, product.Stock), token),
            ct)));
    }

    public sealed record DemoUser(string Id, string Email, string Name);

    public sealed record DemoProduct(string Id, string Name, decimal Price, string Currency, int Stock);
}
