using System.Net.Http.Headers;
using Crescent.Domain.Mail;
using Crescent.Domain.Payments;
using Crescent.Domain.Shipments;
using Crescent.Providers.Carriers;
using Crescent.Providers.Carriers.Sandbox;
using Crescent.Providers.Http;
using Crescent.Providers.Mail;
using Crescent.Providers.Payments;
using Crescent.Providers.Payments.Sandbox;
using Crescent.Providers.Resilience;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Crescent.Providers;

public static class ProvidersServiceCollectionExtensions
{
    private const string PaymentCircuit = "payment";
    private const string CarrierCircuit = "carrier";
    private const string MailCircuit = "mail";

    /// <summary>
    /// Payment, carrier and mail. Each is a sandbox with a file of its own, for trying things out, until the settings name
    /// a real one: payment and carrier over HTTP, mails over SMTP.
    /// </summary>
    public static IServiceCollection AddProviders(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.AddChecked<ProviderCircuitOptions>(ProviderCircuitOptions.Section, static options => options.Errors());
        services.AddSingleton<ProviderCircuits>();
        if (configuration.GetSection(HttpProviderOptions.Section(HttpProviderOptions.Payment)).Exists()) services.AddHttpPayment();
        else services.AddPaymentSandbox();
        if (configuration.GetSection(HttpProviderOptions.Section(HttpProviderOptions.Carrier)).Exists()) services.AddHttpCarrier();
        else services.AddCarrierSandbox();
        if (configuration.GetSection(SmtpMailerOptions.Section).Exists()) services.AddSmtpMailer();
        else services.AddFileMailer();
        return services;
    }

    /// <summary>The payment and carrier sandboxes alone, for a process that serves them to others.</summary>
    public static IServiceCollection AddSandboxes(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddPaymentBooks();
        services.AddCarrierBooks();
        return services;
    }

    private static void AddPaymentBooks(this IServiceCollection services)
    {
        services.AddChecked<PaymentSandboxOptions>(PaymentSandboxOptions.Section, static options => options.Errors());
        services.AddSingleton<PaymentLedger>();
        services.AddSingleton<PaymentSandbox>();
        services.AddHostedService<LateCaptureService>();
    }

    private static void AddPaymentSandbox(this IServiceCollection services)
    {
        services.AddPaymentBooks();
        services.AddSingleton<IPaymentProvider>(static p => new GuardedPaymentProvider(p.GetRequiredService<PaymentSandbox>(), p.Circuit(PaymentCircuit)));
    }

    private static void AddHttpPayment(this IServiceCollection services)
    {
        services.AddProviderClient(HttpProviderOptions.Payment);
        services.AddSingleton<IPaymentProvider>(static p => new GuardedPaymentProvider(
            new HttpPaymentProvider(p.Client(HttpProviderOptions.Payment), p.NameOf(HttpProviderOptions.Payment)), p.Circuit(PaymentCircuit)));
    }

    private static void AddCarrierBooks(this IServiceCollection services)
    {
        services.AddChecked<CarrierSandboxOptions>(CarrierSandboxOptions.Section, static options => options.Errors());
        services.AddSingleton<CarrierSandbox>();
    }

    private static void AddCarrierSandbox(this IServiceCollection services)
    {
        services.AddCarrierBooks();
        services.AddSingleton<ICarrier>(static p => new GuardedCarrier(p.GetRequiredService<CarrierSandbox>(), p.Circuit(CarrierCircuit)));
    }

    private static void AddHttpCarrier(this IServiceCollection services)
    {
        services.AddProviderClient(HttpProviderOptions.Carrier);
        services.AddSingleton<ICarrier>(static p => new GuardedCarrier(
            new HttpCarrier(p.Client(HttpProviderOptions.Carrier), p.NameOf(HttpProviderOptions.Carrier)), p.Circuit(CarrierCircuit)));
    }

    private static void AddFileMailer(this IServiceCollection services)
    {
        services.AddChecked<FileMailerOptions>(FileMailerOptions.Section, static options => options.Errors());
        services.AddSingleton<FileMailer>();
        services.AddSingleton<IMailer>(static p => new GuardedMailer(p.GetRequiredService<FileMailer>(), p.Circuit(MailCircuit)));
    }

    private static void AddSmtpMailer(this IServiceCollection services)
    {
        services.AddChecked<SmtpMailerOptions>(SmtpMailerOptions.Section, static options => options.Errors());
        services.AddSingleton<SmtpMailer>();
        services.AddSingleton<IMailer>(static p => new GuardedMailer(p.GetRequiredService<SmtpMailer>(), p.Circuit(MailCircuit)));
    }

    private static void AddProviderClient(this IServiceCollection services, string provider)
    {
        services.AddChecked<HttpProviderOptions>(HttpProviderOptions.Section(provider), options => options.Errors(provider), provider);
        services.AddHttpClient(provider, (p, client) =>
            {
                var options = p.GetRequiredService<IOptionsMonitor<HttpProviderOptions>>().Get(provider);
                client.BaseAddress = new Uri(options.BaseAddress);
                // The circuit bounds each attempt, with the process's own clock.
                client.Timeout = Timeout.InfiniteTimeSpan;
                client.MaxResponseContentBufferSize = ProviderHttp.MaxAnswerBytes;
                if (options.ApiKey.Length > 0)
                    client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.ApiKey);
            })
            .ConfigurePrimaryHttpMessageHandler(static () => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            })
            // The client lives as long as the process; the handler renews its connections itself.
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
    }

    private static void AddChecked<TOptions>(
        this IServiceCollection services, string section, Func<TOptions, IEnumerable<string>> errors, string? name = null) where TOptions : class
    {
        services.AddOptions<TOptions>(name).BindConfiguration(section, static binder => binder.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TOptions>>(new OptionsCheck<TOptions>(name ?? Options.DefaultName, errors));
    }

    private static ProviderCircuit Circuit(this IServiceProvider services, string provider) => services.GetRequiredService<ProviderCircuits>().Of(provider);

    private static HttpClient Client(this IServiceProvider services, string provider) => services.GetRequiredService<IHttpClientFactory>().CreateClient(provider);

    private static string NameOf(this IServiceProvider services, string provider) =>
        services.GetRequiredService<IOptionsMonitor<HttpProviderOptions>>().Get(provider).Name;
}
