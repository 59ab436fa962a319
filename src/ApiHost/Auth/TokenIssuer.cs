using System.Security.Claims;
using Crescent.ApiHost.Http;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Crescent.ApiHost.Auth;

/// <summary>The built-in issuer: signs tokens with the key of this installation's secrets.</summary>
internal sealed class TokenIssuer(IOptions<AuthOptions> options, SecurityKey signingKey, TimeProvider time)
{
    public const string Name = "urn:crescent:development-issuer";

    /// <summary>The only algorithm the built-in issuer's tokens may carry.</summary>
    public const string Algorithm = SecurityAlgorithms.HmacSha256;

    static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    public string Issue(string subject, string role, TimeSpan lifetime)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return Handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Name,
            Audience = options.Value.Audience,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + lifetime,
            Subject = new ClaimsIdentity(
            [
                new Claim(JwtRegisteredClaimNames.Sub, subject),
                new Claim(options.Value.RoleClaim, role),
                new Claim(JwtRegisteredClaimNames.Jti, time.NewId().ToString()),
            ]),
            SigningCredentials = new SigningCredentials(signingKey, Algorithm),
        });
    }
}
