using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Crescent.ApiHost.Auth;
using Crescent.ApiHost.Tests.Hosting;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Crescent.ApiHost.Tests.Auth;

/// <summary>Tokens that must not be accepted.</summary>
internal static class Tokens
{
    public static IReadOnlyDictionary<string, string> Bad(RunningCrescent host)
    {
        var key = host.SigningKey;
        var foreign = new SymmetricSecurityKey(Encoding.UTF8.GetBytes("another key of at least thirty-two bytes"));
        var now = DateTime.UtcNow;
        return new Dictionary<string, string>
        {
            ["expired"] = Sign(key, expires: now.AddMinutes(-5)),
            ["not yet valid"] = Sign(key, expires: now.AddHours(2), notBefore: now.AddHours(1)),
            ["wrong audience"] = Sign(key, audience: "somebody-else"),
            ["wrong issuer"] = Sign(key, issuer: "https://issuer.example"),
            ["foreign key"] = Sign(foreign),
            ["other algorithm"] = SignedWithAnotherAlgorithm(key, now),
            ["no signature"] = Unsigned(now),
            ["not a token"] = "eyJhbGciOiJub25lIn0",
        };
    }

    static string Sign(
        SecurityKey key, string? audience = null, string? issuer = null, DateTime? expires = null, DateTime? notBefore = null) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer ?? TokenIssuer.Name,
            Audience = audience ?? new AuthOptions().Audience,
            NotBefore = notBefore,
            Expires = expires ?? DateTime.UtcNow.AddHours(1),
            Claims = new Dictionary<string, object> { ["sub"] = Clients.Admin, ["role"] = Roles.Admin },
            SigningCredentials = new SigningCredentials(key, TokenIssuer.Algorithm),
        });

    static string Unsigned(DateTime now) => $"{Unfinished("none", now)}.";

    /// <summary>By hand, since the library refuses to sign with a key this short for the algorithm.</summary>
    static string SignedWithAnotherAlgorithm(SymmetricSecurityKey key, DateTime now)
    {
        var unfinished = Unfinished("HS512", now);
        return $"{unfinished}.{Base64UrlEncoder.Encode(HMACSHA512.HashData(key.Key, Encoding.ASCII.GetBytes(unfinished)))}";
    }

    static string Unfinished(string alg, DateTime now)
    {
        var header = new { alg, typ = "JWT" };
        var payload = new
        {
            iss = TokenIssuer.Name,
            aud = new AuthOptions().Audience,
            sub = Clients.Admin,
            role = Roles.Admin,
            exp = EpochTime.GetIntDate(now.AddHours(1)),
        };
        return $"{Encode(header)}.{Encode(payload)}";
    }

    static string Encode(object part) => Base64UrlEncoder.Encode(JsonSerializer.SerializeToUtf8Bytes(part));
}
