using Crescent.Domain.Payments;
using Crescent.EventStore;
using Crescent.EventStore.Sqlite;
using Crescent.Providers;
using Crescent.Providers.Carriers.Sandbox;
using Crescent.Providers.Mail;
using Crescent.Providers.Payments.Sandbox;
using Crescent.ReadModels;
using Crescent.ReadModels.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Crescent.Silo;

/// <summary>A silo that needs nothing but one folder: SQLite, sandbox providers, mails as files.</summary>
public static class EmbeddedSilo
{
    const string EventsFile = "crescent.db";
    const string ViewsFile = "views.db";
    const string PaymentsFile = "payments.db";
    const string ParcelsFile = "parcels.db";
    const string MailFolder = "mail";

    /// <summary>Sections under <c>Crescent</c> that the parts of a silo bind.</summary>
    public static IReadOnlyList<string> SettingsSections { get; } =
        ["Aggregates", "Analytics", "Carrier", "Consumers", "EmailClaims", "Leases", "Notifications", "Orders", "OrderSaga", "Payments", "Providers", "Relay", "Sweeper"];

    /// <summary>Adds everything the silo runs. The folder is closed with the host.</summary>
    public static ISiloBuilder AddEmbedded(this ISiloBuilder silo, DataFolder folder, Secrets secrets)
    {
        ArgumentNullException.ThrowIfNull(silo);
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(secrets);

        // From factories, so that the container closes what it has handed out.
        silo.Services.AddSingleton(_ => folder);
        silo.Services.AddSingleton(secrets);
        silo.Services.AddSqliteEventStore(CrescentEvents.Map, _ => new SqliteEventStoreOptions
        {
            Database = new SqliteDatabaseOptions { Path = folder.FilePath(EventsFile) },
            MasterKey = secrets.PersonalMasterKey,
        });
        silo.Services.AddSqliteReadModels(
            _ => new SqliteDatabaseOptions { Path = folder.FilePath(ViewsFile) }, _ => secrets.EmailClaimKey);
        silo.Services.AddProviders(silo.Configuration, folder);
        return silo.AddGrainsAndConsumers(secrets);
    }

    /// <summary>
    /// Opens the folder's files, so that one that cannot be used stops the start and not the first request. What is opened
    /// first is closed last: the folder is given back when nothing writes to it any more.
    /// </summary>
    public static void Open(IServiceProvider services)
    {
        services.GetRequiredService<DataFolder>();
        services.GetRequiredService<IEventStore>();
        services.GetRequiredService<ViewsDatabase>();
        services.GetRequiredService<IPaymentProvider>();
    }

    /// <summary>The files of the sandboxes stand in the folder unless the settings say otherwise.</summary>
    static void AddProviders(this IServiceCollection services, IConfiguration configuration, DataFolder folder)
    {
        services.Configure<PaymentSandboxOptions>(options => options.LedgerPath = folder.FilePath(PaymentsFile));
        services.Configure<CarrierSandboxOptions>(options => options.BookingsPath = folder.FilePath(ParcelsFile));
        services.Configure<FileMailerOptions>(options => options.Folder = folder.FilePath(MailFolder));
        services.AddProviders(configuration);
    }
}
