using System.Security.Claims;
using Crescent.ApiHost.Auth;
using Crescent.ApiHost.Grains;
using Crescent.ApiHost.Http;
using Crescent.ApiHost.OpenApi;
using Crescent.GrainInterfaces;
using Crescent.GrainInterfaces.Users;
using Crescent.ReadModels;
using Crescent.ReadModels.Projections;
using Crescent.ReadModels.Users;

namespace Crescent.ApiHost.Users;

/// <summary><c>/api/v1/users</c>.</summary>
internal static class UsersApi
{
    public static void MapUsers(this IEndpointRouteBuilder routes)
    {
        var users = routes.MapGroup("/users").WithTags("Users").Refuses(400);
        users.MapPost("/", RegisterAsync).AllowAnonymous().WithName("RegisterUser").WithSummary("Register a user")
            .Produces<UserBody>(201).Refuses(409, 422);
        users.MapGet("/", SearchAsync).RequireAuthorization(Roles.SearchUsers).WithName("SearchUsers").WithSummary("List users, newest first, or those whose name or address has words that begin like this")
            .Produces<Page<UserBody>>();
        users.MapGet("/{id:guid}", GetAsync).RequireAuthorization(Roles.See).WithName("GetUser").WithSummary("Read a user")
            .Produces<UserBody>().Refuses(404);
        users.MapPatch("/{id:guid}", UpdateAsync).RequireAuthorization(Roles.Act).WithName("UpdateUser").WithSummary("Change or deactivate a user")
            .Produces<UserBody>().Refuses(404, 409, 412, 422).WithMetadata(RequestHeader.IfMatch);
        users.MapDelete("/{id:guid}", EraseAsync).RequireAuthorization(Roles.Act).WithName("EraseUser").WithSummary("Erase a user's personal data for ever")
            .Produces(204).Refuses(404, 412).WithMetadata(RequestHeader.IfMatch);
    }

    static async Task<IResult> RegisterAsync(JsonBody<RegisterUserBody> body, GrainCalls calls, TimeProvider time, HttpContext context, CancellationToken ct)
    {
        var id = time.NewId().ToString();
        var command = new RegisterUser(time.NewId(), body.Value.Email, body.Value.Name);
        var result = await calls.CallAsync<IUserGrain, CommandResult<UserRejectionReason>>(id, (user, token) => user.Register(command, token), ct);
        if (!result.IsAccepted)
            return result.ToProblem();

        context.Response.SetPosition(result.Position);
        return await ShowAsync(id, new Caller(id, CallerRole.Customer), calls, context, created: true, ct);
    }

    static Task<IResult> SearchAsync([AsParameters] ListParameters list, string? search, Listing listing, UserQueries users, HttpContext context) =>
        listing.PageAsync(context, ProjectionNames.Users, (page, ct) => users.ListAsync(search, page, ct), UserBody.Of);

    static Task<IResult> GetAsync(Guid id, ClaimsPrincipal principal, GrainCalls calls, HttpContext context, CancellationToken ct) =>
        ShowAsync(id.ToString(), principal.ToCaller(), calls, context, created: false, ct);

    static async Task<IResult> UpdateAsync(
        Guid id, JsonBody<UpdateUserBody> body, ClaimsPrincipal principal, GrainCalls calls, TimeProvider time, HttpContext context, CancellationToken ct)
    {
        if (!context.Request.TryReadIfMatch(out var expected))
            return new Problem(ProblemType.PreconditionFailed);

        var caller = principal.ToCaller();
        var change = body.Value;
        if (change.Email is not null || change.Name is not null)
        {
            var update = new UpdateUser(time.NewId(), caller, change.Email, change.Name, expected);
            var updated = await calls.CallAsync<IUserGrain, CommandResult<UserRejectionReason>>(id.ToString(), (user, token) => user.Update(update, token), ct);
            if (!updated.IsAccepted)
                return updated.ToProblem();
            context.Response.SetPosition(updated.Position);
            // The second half of the same request builds on what the first one made.
            expected = expected is null ? null : updated.Version;
        }

        if (change.Status is not null)
        {
            var deactivate = new DeactivateUser(time.NewId(), caller, expected);
            var deactivated = await calls.CallAsync<IUserGrain, CommandResult<UserRejectionReason>>(id.ToString(), (user, token) => user.Deactivate(deactivate, token), ct);
            if (!deactivated.IsAccepted)
                return deactivated.ToProblem();
            context.Response.SetPosition(deactivated.Position);
        }

        return await ShowAsync(id.ToString(), caller, calls, context, created: false, ct);
    }

    static async Task<IResult> EraseAsync(Guid id, ClaimsPrincipal principal, GrainCalls calls, TimeProvider time, HttpContext context, CancellationToken ct)
    {
        if (!context.Request.TryReadIfMatch(out var expected))
            return new Problem(ProblemType.PreconditionFailed);

        var erase = new EraseUser(time.NewId(), principal.ToCaller(), expected);
        var result = await calls.CallAsync<IUserGrain, CommandResult<UserRejectionReason>>(id.ToString(), (user, token) => user.Erase(erase, token), ct);
        context.Response.SetPosition(result.Position);
        return result.IsAccepted ? TypedResults.NoContent() : result.ToProblem();
    }

    static async Task<IResult> ShowAsync(string id, Caller caller, GrainCalls calls, HttpContext context, bool created, CancellationToken ct)
    {
        var user = await calls.CallAsync<IUserGrain, UserView?>(id, (grain, token) => grain.Get(caller, token), ct);
        if (user is null)
            return new Problem(ProblemType.UserNotFound);

        context.Response.SetVersion(user.Version);
        return created ? TypedResults.Created($"/api/v1/users/{id}", UserBody.Of(user)) : TypedResults.Ok(UserBody.Of(user));
    }
}
