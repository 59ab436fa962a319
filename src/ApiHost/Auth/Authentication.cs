using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Crescent.ApiHost.Auth;

/// <summary>Who may call what: bearer tokens of one issuer, and the policies of the roles.</summary>
internal static class Authentication
{
    static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    /// <summary>What OpenID Connect issuers sign with. Never <c>none</c>, and no shared keys: their public key is not a secret.</summary>
    static readonly string[] AuthorityAlgorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384,
    ];

    /// <summary>A sentence that says why no token could be trusted with these settings; null if all is well.</summary>
    public static string? FindFault(AuthOptions auth, IHostEnvironment environment) =>
        auth.Authority is not null || auth.AllowBuiltInIssuer || environment.IsDevelopment()
            ? null
            : $"The built-in token issuer serves Development only and this is {environment.EnvironmentName}; set Crescent:Auth:Authority "
            + "to an OpenID Connect issuer, Crescent:Auth:AllowBuiltInIssuer to true, or ASPNETCORE_ENVIRONMENT to Development.";

    /// <summary>The host registers the <see cref="SecurityKey"/> of the built-in issuer and its <see cref="Clients"/>.</summary>
    public static void AddCrescentAuthentication(this IServiceCollection services)
    {
        services.AddSingleton<TokenIssuer>();
        // AddAuthentication would set up data protection too, whose keys it keeps in the home folder; bearer tokens need none.
        services.AddWebEncoders();
        services.AddAuthenticationCore(options => options.DefaultScheme = JwtBearerDefaults.AuthenticationScheme);
        services.AddSingleton<IAuthenticationConfigurationProvider, NoFurtherConfiguration>();
        new AuthenticationBuilder(services).AddJwtBearer();
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<IOptions<AuthOptions>, SecurityKey>((bearer, options, key) => Configure(bearer, options.Value, key));
        Roles.AddPolicies(services.AddAuthorizationBuilder());
    }

    static void Configure(JwtBearerOptions bearer, AuthOptions auth, SecurityKey key)
    {
        bearer.MapInboundClaims = false;
        bearer.Authority = auth.Authority;
        bearer.TokenValidationParameters = new TokenValidationParameters
        {
            ValidAudience = auth.Audience,
            ValidIssuer = auth.Authority is null ? TokenIssuer.Name : null,
            IssuerSigningKey = auth.Authority is null ? key : null,
            ValidAlgorithms = auth.Authority is null ? [TokenIssuer.Algorithm] : AuthorityAlgorithms,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            ClockSkew = ClockSkew,
            NameClaimType = "sub",
            RoleClaimType = auth.RoleClaim,
        };
    }

    /// <summary>The framework's section <c>Authentication</c> would be a second way to set what <see cref="AuthOptions"/> sets.</summary>
    sealed class NoFurtherConfiguration : IAuthenticationConfigurationProvider
    {
        public IConfiguration AuthenticationConfiguration { get; } = new ConfigurationBuilder().Build();
    }
}
