using System.ComponentModel.DataAnnotations;
using Crescent.ApiHost.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Crescent.ApiHost.Auth;

/// <summary><c>POST /api/v1/auth/token</c>: the built-in issuer over HTTP.</summary>
internal static class TokenApi
{
    public static void MapTokens(this IEndpointRouteBuilder routes) => routes.MapPost("/auth/token", IssueAsync)
        .AllowAnonymous()
        .WithTags("Auth")
        .WithName("IssueToken")
        .WithSummary("Exchange a client's secret, or in Development a user id, for an access token")
        .Produces<TokenBody>()
        .Refuses(400, 401);

    static async Task<IResult> IssueAsync(
        JsonBody<TokenRequest> body, TokenIssuer issuer, Clients clients, DevelopmentLogin login, IOptions<AuthOptions> options, HttpContext context)
    {
        var lifetime = TimeSpan.FromMinutes(options.Value.TokenMinutes);
        var request = body.Value;
        if (request.User is { } user)
        {
            return await login.FindRefusalAsync(context, user) is { } refusal
                ? refusal
                : Token(issuer.Issue(user, Roles.Customer, lifetime), lifetime);
        }

        return clients.IsKnown(request.Client!, request.Secret!)
            ? Token(issuer.Issue(request.Client!, Clients.RoleOf(request.Client!), lifetime), lifetime)
            : new Problem(ProblemType.InvalidClient);
    }

    static Ok<TokenBody> Token(string token, TimeSpan lifetime) =>
        TypedResults.Ok(new TokenBody(token, "Bearer", (int)lifetime.TotalSeconds));
}

/// <summary>Either a client with its secret or, in Development on loopback only, a user.</summary>
internal sealed record TokenRequest : IChecked
{
    /// <summary>A client's name.</summary>
    [StringLength(64, MinimumLength = 1)]
    public string? Client { get; init; }

    /// <summary>The client's secret, as data/secrets.json has it.</summary>
    [StringLength(256, MinimumLength = 1)]
    public string? Secret { get; init; }

    /// <summary>A user's id.</summary>
    [StringLength(64, MinimumLength = 1)]
    public string? User { get; init; }

    public void Check(FieldErrors errors)
    {
        if (User is not null && (Client is not null || Secret is not null))
            errors.Add("user", "must not be given together with client or secret");
        if (User is null && Client is null)
            errors.Add("client", "is required, unless user is given");
        if (User is null && Secret is null)
            errors.Add("secret", "is required, unless user is given");
    }
}

/// <summary>An access token.</summary>
/// <param name="AccessToken">Send it as <c>Authorization: Bearer ...</c>.</param>
/// <param name="TokenType">Always <c>Bearer</c>.</param>
/// <param name="ExpiresIn">Seconds until it expires.</param>
internal sealed record TokenBody(string AccessToken, string TokenType, int ExpiresIn);
