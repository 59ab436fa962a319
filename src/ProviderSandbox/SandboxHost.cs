using Crescent.Providers;
using Microsoft.Extensions.Options;

namespace Crescent.ProviderSandbox;

/// <summary>
/// The payment and carrier sandboxes as a process of their own, so that all silos of a cluster deal with one provider
/// that has its own books.
/// </summary>
public static class SandboxHost
{
    const string DefaultUrl = "http://127.0.0.1:5085";

    /// <summary>Serves until it is told to stop.</summary>
    /// <returns>The process' exit code: 1 when it could not start for a reason that standard error names in a sentence.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            await using var app = Build(args);
            await app.StartAsync();
            await Console.Out.WriteLineAsync($"The payment and carrier sandboxes listen on {app.Urls.First()}; what they did is at {app.Urls.First()}/ledger.");
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (OptionsValidationException e)
        {
            await Console.Error.WriteLineAsync($"A setting is wrong: {string.Join("; ", e.Failures).TrimEnd('.')}.");
            return 1;
        }
        catch (IOException e)
        {
            await Console.Error.WriteLineAsync($"The sandboxes cannot start: {e.Message.TrimEnd('.')}.");
            return 1;
        }
    }

    /// <summary>Builds the process; the files of its books are named by <c>Crescent:Providers:PaymentSandbox</c> and <c>CarrierSandbox</c>.</summary>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        if (builder.Configuration[WebHostDefaults.ServerUrlsKey] is null) builder.Configuration[WebHostDefaults.ServerUrlsKey] = DefaultUrl;
        builder.Logging.ClearProviders().AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSandboxes();
        var app = builder.Build();
        app.MapGet("/health/live", static () => "live");
        app.MapGet("/health/ready", static () => "ready");
        app.MapPayments();
        app.MapParcels();
        return app;
    }
}
