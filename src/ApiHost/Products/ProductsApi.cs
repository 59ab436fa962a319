using Crescent.ApiHost.Auth;
using Crescent.ApiHost.Grains;
using Crescent.ApiHost.Http;
using Crescent.ApiHost.OpenApi;
using Crescent.GrainInterfaces;
using Crescent.GrainInterfaces.Inventory;
using Crescent.ReadModels;
using Crescent.ReadModels.Products;
using Crescent.ReadModels.Projections;

namespace Crescent.ApiHost.Products;

/// <summary><c>/api/v1/products</c>: the catalogue is open to everyone, changing it is not.</summary>
internal static class ProductsApi
{
    public static void MapProducts(this IEndpointRouteBuilder routes)
    {
        var products = routes.MapGroup("/products").WithTags("Products").Refuses(400);
        products.MapPost("/", CreateAsync).RequireAuthorization(Roles.ManageCatalogue).WithName("CreateProduct").WithSummary("Put a product into the catalogue")
            .Produces<ProductBody>(201).Refuses(422);
        products.MapGet("/", ListAsync).AllowAnonymous().WithName("ListProducts").WithSummary("List products, or those whose name has words that begin like this")
            .Produces<Page<ProductBody>>();
        products.MapGet("/{id:guid}", GetAsync).AllowAnonymous().WithName("GetProduct").WithSummary("Read a product and its stock")
            .Produces<ProductBody>().Refuses(404);
        products.MapPatch("/{id:guid}", UpdateAsync).RequireAuthorization(Roles.ManageCatalogue).WithName("UpdateProduct").WithSummary("Change a product's name or price")
            .Produces<ProductBody>().Refuses(404, 412, 422).WithMetadata(RequestHeader.IfMatch);
        products.MapPost("/{id:guid}/stock", ChangeStockAsync).RequireAuthorization(Roles.ManageCatalogue).WithName("ChangeStock").WithSummary("Receive or correct stock")
            .Produces<ProductBody>().Refuses(404, 409, 412, 422).WithMetadata(RequestHeader.IfMatch);
    }

    static async Task<IResult> CreateAsync(JsonBody<CreateProductBody> body, GrainCalls calls, TimeProvider time, HttpContext context, CancellationToken ct)
    {
        var product = body.Value;
        var id = time.NewId();
        var command = new CreateProduct(time.NewId(), product.Name, product.Price, product.Currency, product.Stock);
        var result = await calls.CallAsync<IInventoryGrain, CommandResult<InventoryRejectionReason>>(id.ToString(), (grain, token) => grain.Create(command, token), ct);
        if (!result.IsAccepted)
            return result.ToProblem();

        context.Response.StatusCode = StatusCodes.Status201Created;
        context.Response.SetPosition(result.Position);
        context.Response.Headers.Location = $"/api/v1/products/{id}";
        return await GetAsync(id, calls, context, ct);
    }

    static Task<IResult> ListAsync([AsParameters] ListParameters list, string? search, Listing listing, ProductQueries products, HttpContext context) =>
        listing.PageAsync(context, ProjectionNames.Products, (page, ct) => products.ListAsync(search, page, ct), ProductBody.Of);

    static async Task<IResult> GetAsync(Guid id, GrainCalls calls, HttpContext context, CancellationToken ct)
    {
        var product = await calls.CallAsync<IInventoryGrain, ProductView?>(id.ToString(), (grain, token) => grain.Get(token), ct);
        if (product is null)
            return new Problem(ProblemType.ProductNotFound);

        context.Response.SetVersion(product.Version);
        return TypedResults.Json(ProductBody.Of(product), statusCode: context.Response.StatusCode);
    }

    static async Task<IResult> UpdateAsync(
        Guid id, JsonBody<UpdateProductBody> body, GrainCalls calls, TimeProvider time, HttpContext context, CancellationToken ct)
    {
        if (!context.Request.TryReadIfMatch(out var expected))
            return new Problem(ProblemType.PreconditionFailed);

        var command = new UpdateProduct(time.NewId(), body.Value.Name, body.Value.Price, body.Value.Currency, expected);
        var result = await calls.CallAsync<IInventoryGrain, CommandResult<InventoryRejectionReason>>(id.ToString(), (grain, token) => grain.Update(command, token), ct);
        context.Response.SetPosition(result.Position);
        return result.IsAccepted ? await GetAsync(id, calls, context, ct) : result.ToProblem();
    }

    static async Task<IResult> ChangeStockAsync(
        Guid id, JsonBody<ChangeStockBody> body, GrainCalls calls, TimeProvider time, HttpContext context, CancellationToken ct)
    {
        if (!context.Request.TryReadIfMatch(out var expected))
            return new Problem(ProblemType.PreconditionFailed);

        var commandId = time.NewId();
        var change = body.Value;
        var result = await calls.CallAsync<IInventoryGrain, CommandResult<InventoryRejectionReason>>(
            id.ToString(),
            (grain, token) => change.Received is { } received
                ? grain.Receive(new ReceiveStock(commandId, received, expected), token)
                : grain.Adjust(new AdjustStock(commandId, change.AdjustBy!.Value, change.Reason!, expected), token),
            ct);
        context.Response.SetPosition(result.Position);
        return result.IsAccepted ? await GetAsync(id, calls, context, ct) : result.ToProblem();
    }
}
