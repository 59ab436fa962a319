using Crescent.ApiHost.Auth;
using Crescent.Silo;

namespace Crescent.ApiHost.Composition;

/// <summary>What the program does beside serving, for whoever sets up a cluster.</summary>
internal static class Errands
{
    const string CreateSecrets = "secrets";
    const string PrintFirstScreen = "first-screen";

    /// <summary>
    /// <c>secrets FILE</c> creates the keys of an installation; <c>first-screen URL</c> prints fresh tokens and a command
    /// that places an order at that address. False if the arguments ask for neither.
    /// </summary>
    public static bool Run(string[] args, TextWriter output)
    {
        switch (args)
        {
            case [CreateSecrets, var path]:
                if (File.Exists(path)) throw new StartupException($"{path} is there already; delete it only if nothing was written with it.");
                Secrets.Create(path, Clients.Names);
                return true;
            case [PrintFirstScreen, var url, .. var settings]:
                using (var app = CrescentHost.Build(settings) as IDisposable)
                {
                    var services = ((WebApplication)app).Services;
                    services.GetRequiredService<FirstScreen>().Write(output, url, services.GetRequiredService<IRun>().Data);
                }
                return true;
            default:
                return false;
        }
    }
}
