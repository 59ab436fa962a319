using System.Net;
using Crescent.ApiHost.Grains;
using Crescent.ApiHost.Http;
using Crescent.GrainInterfaces;
using Crescent.GrainInterfaces.Users;

namespace Crescent.ApiHost.Auth;

/// <summary>Tokens for any user by its id alone: in Development, and only for programs on this very machine.</summary>
internal sealed class DevelopmentLogin(IHostEnvironment environment, GrainCalls calls)
{
    /// <summary>Why the user gets no token; null when it gets one.</summary>
    public async Task<Problem?> FindRefusalAsync(HttpContext context, string userId)
    {
        if (!environment.IsDevelopment() || !IsLocal(context))
            return new Problem(ProblemType.Forbidden, "Tokens by user id are issued in Development and on loopback only.");
        if (!Guid.TryParse(userId, out var id))
            return new Problem(ProblemType.UnknownUser);

        var user = await calls.CallAsync<IUserGrain, UserView?>(
            id.ToString(), (grain, token) => grain.Get(Caller.Hub, token), context.RequestAborted);
        return user switch
        {
            null => new Problem(ProblemType.UnknownUser),
            { Status: UserStatus.Active } => null,
            _ => new Problem(ProblemType.InactiveUser),
        };
    }

    /// <summary>
    /// A proxy on this machine would make the whole world local, and a page in a browser could reach loopback under a
    /// name of its own: both show in the headers.
    /// </summary>
    static bool IsLocal(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && !context.Request.Headers.ContainsKey("X-Forwarded-For") && !context.Request.Headers.ContainsKey("Forwarded")
        && (context.Request.Host.Host is "localhost" || (IPAddress.TryParse(context.Request.Host.Host, out var host) && IPAddress.IsLoopback(host)));
}
