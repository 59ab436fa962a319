using Microsoft.AspNetCore.Authorization;

namespace Crescent.ApiHost.Auth;

/// <summary>The roles a token can carry and the policies that the routes name.</summary>
internal static class Roles
{
    /// <summary>Sees and changes what is its own.</summary>
    public const string Customer = "customer";

    /// <summary>Manages products, stock and users, and may act for any user.</summary>
    public const string Admin = "admin";

    /// <summary>Looks after the running system: sagas, projections, analytics.</summary>
    public const string Operator = "operator";

    /// <summary>Another program that acts for any user.</summary>
    public const string Service = "service";

    /// <summary>Policy: reading what the grain lets the caller see.</summary>
    public const string See = nameof(See);

    /// <summary>Policy: changing what the grain lets the caller change.</summary>
    public const string Act = nameof(Act);

    /// <summary>Policy: products and stock.</summary>
    public const string ManageCatalogue = nameof(ManageCatalogue);

    /// <summary>Policy: searching over all users.</summary>
    public const string SearchUsers = nameof(SearchUsers);

    /// <summary>Policy: everything under <c>/api/v1/admin</c>.</summary>
    public const string Operate = nameof(Operate);

    public static void AddPolicies(AuthorizationBuilder authorization) => authorization
        .AddPolicy(See, Any(Customer, Admin, Operator, Service))
        .AddPolicy(Act, Any(Customer, Admin, Service))
        .AddPolicy(ManageCatalogue, Any(Admin, Service))
        .AddPolicy(SearchUsers, Any(Admin, Operator, Service))
        .AddPolicy(Operate, Any(Admin, Operator));

    static Action<AuthorizationPolicyBuilder> Any(params string[] roles) => policy => policy.RequireClaim("sub").RequireRole(roles);
}
