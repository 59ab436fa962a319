namespace Crescent.ApiHost.Auth;

/// <summary>The clients of the built-in issuer; their secrets are among this installation's secrets.</summary>
internal static class Clients
{
    public const string Admin = "demo-admin";
    public const string Operator = "demo-operator";
    public const string Service = "demo-service";

    public static string RoleOf(string client) => client switch
    {
        Admin => Roles.Admin,
        Operator => Roles.Operator,
        Service => Roles.Service,
        _ => throw new ArgumentOutOfRangeException(nameof(client), client, "This client has no role."),
    };
}
