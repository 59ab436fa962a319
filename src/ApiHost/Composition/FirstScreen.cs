using Crescent.ApiHost.Auth;

namespace Crescent.ApiHost.Composition;

/// <summary>What is printed when everything is ready: enough to place an order within a minute of cloning.</summary>
internal sealed class FirstScreen(TokenIssuer issuer)
{
    /// <summary>The printed tokens outlast a working day.</summary>
    public static readonly TimeSpan TokenLifetime = TimeSpan.FromHours(12);

    public void Write(TextWriter output, string url, string data)
    {
        var customer = issuer.Issue(DemoData.Customer.Id, Roles.Customer, TokenLifetime);
        output.WriteLine($"""

            Crescent listens on {url}
              engine    {Engine.Name}
              data      {data}
              docs      {url}/docs

            Tokens, valid for {TokenLifetime.TotalHours} hours (or POST /api/v1/auth/token):
              customer  {customer}
              admin     {issuer.Issue(Clients.Admin, Roles.Admin, TokenLifetime)}
              operator  {issuer.Issue(Clients.Operator, Roles.Operator, TokenLifetime)}

            Place an order:
            {OrderCommand(url, customer)}

            """);
        output.Flush();
    }

    /// <summary>Nothing but a POSIX-like shell and curl; a new key each time it is pasted, so each time a new order.</summary>
    static string OrderCommand(string url, string token) =>
        $"curl -sS {url}/api/v1/orders -H 'Authorization: Bearer {token}' -H \"Idempotency-Key: $(date +%s)-$$-$RANDOM$RANDOM\" "
        + "-H 'Prefer: wait=10' -H 'Content-Type: application/json' "
        + $$$"""-d '{"userId":"{{{DemoData.Customer.Id}}}","items":[{"productId":"{{{DemoData.FirstProduct.Id}}}","quantity":1}],"payment":{"token":"tok_ok"}}'""";
}
