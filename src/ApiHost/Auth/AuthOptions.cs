using System.ComponentModel.DataAnnotations;

namespace Crescent.ApiHost.Auth;

/// <summary>Whose tokens this host accepts: <c>Crescent:Auth</c>.</summary>
public sealed class AuthOptions : IValidatableObject
{
    public const string Section = "Crescent:Auth";

    /// <summary>URL of an OpenID Connect issuer. Without one the built-in development issuer signs the tokens.</summary>
    public string? Authority { get; set; }

    /// <summary>The audience a token must name.</summary>
    [Required]
    public string Audience { get; set; } = "crescent-api";

    /// <summary>Claim that carries the caller's role.</summary>
    [Required]
    public string RoleClaim { get; set; } = "role";

    /// <summary>Lets the built-in issuer sign tokens outside Development too.</summary>
    public bool AllowBuiltInIssuer { get; set; }

    /// <summary>How long a token of <c>POST /api/v1/auth/token</c> is valid, in minutes.</summary>
    [Range(1, 1_440)]
    public int TokenMinutes { get; set; } = 60;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Authority is not null && !(Uri.TryCreate(Authority, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps))
            yield return new ValidationResult($"'{Authority}' is not an https URL", [nameof(Authority)]);
    }
}
