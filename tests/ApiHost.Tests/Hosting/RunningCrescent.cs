using System.Net.Http.Headers;
using Crescent.ApiHost.Auth;
using Crescent.Silo;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Crescent.ApiHost.Tests.Hosting;

/// <summary>A Crescent that runs, in whichever way, and what a test has to know of it.</summary>
public abstract class RunningCrescent : IAsyncDisposable
{
    TokenIssuer? _issuer;

    /// <summary>Where its API answers.</summary>
    public abstract Uri BaseAddress { get; }

    /// <summary>Where an API host itself answers, past any balancer.</summary>
    public virtual Uri HostAddress => BaseAddress;

    public abstract Secrets Secrets { get; }

    /// <summary>The file of the payment sandbox's own books.</summary>
    public abstract string PaymentsFile { get; }

    public abstract ValueTask DisposeAsync();

    /// <summary>A client that calls as this subject, or as nobody.</summary>
    internal ApiClient As(string? subject, string role = Roles.Customer) => Client(BaseAddress, subject is null ? null : Token(subject, role));

    internal ApiClient AsAdmin() => As(Clients.Admin, Roles.Admin);

    internal static ApiClient Client(Uri address, string? token)
    {
        var http = new HttpClient { BaseAddress = address };
        if (token is not null)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return new ApiClient(http);
    }

    internal string Token(string subject, string role)
    {
        _issuer ??= new TokenIssuer(Options.Create(new AuthOptions()), SigningKey, TimeProvider.System);
        return _issuer.Issue(subject, role, TimeSpan.FromHours(1));
    }

    internal SymmetricSecurityKey SigningKey => new(Secrets.TokenSigningKey);
}
