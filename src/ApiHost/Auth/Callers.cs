using System.Security.Claims;
using Crescent.GrainInterfaces;

namespace Crescent.ApiHost.Auth;

/// <summary>On whose behalf a request is made, as grains want to know it.</summary>
internal static class Callers
{
    /// <summary>Only for routes that a policy of <see cref="Roles"/> guards: those have let in no token without subject or role.</summary>
    public static Caller ToCaller(this ClaimsPrincipal principal) => new(
        principal.Identity?.Name ?? throw new InvalidOperationException("An unauthenticated request reached a guarded route."),
        principal.IsInRole(Roles.Admin) ? CallerRole.Admin
        : principal.IsInRole(Roles.Service) ? CallerRole.Service
        : principal.IsInRole(Roles.Operator) ? CallerRole.Operator
        : CallerRole.Customer);
}
