using System.Security.Cryptography;
using System.Text;

namespace Crescent.ApiHost.Auth;

/// <summary>The clients of the built-in issuer, by name, with their secrets.</summary>
internal sealed class Clients(IReadOnlyDictionary<string, string> secrets)
{
    public const string Admin = "demo-admin";
    public const string Operator = "demo-operator";
    public const string Service = "demo-service";

    public static IReadOnlyList<string> Names { get; } = [Admin, Operator, Service];

    public bool IsKnown(string client, string secret) =>
        secrets.TryGetValue(client, out var expected)
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(secret));

    public static string RoleOf(string client) => client switch
    {
        Admin => Roles.Admin,
        Operator => Roles.Operator,
        Service => Roles.Service,
        _ => throw new ArgumentOutOfRangeException(nameof(client), client, "This client has no role."),
    };
}
