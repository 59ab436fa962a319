using Crescent.EventStore;
using Crescent.EventStore.PersonalData;
using Crescent.EventStore.Postgres;
using Crescent.EventStore.Sqlite;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Crescent.Silo.Hosting;

/// <summary>Tells failures to start that whoever started the host can mend from bugs, which keep their stack trace.</summary>
public static class StartupFailure
{
    /// <summary>One sentence for standard error, or null if the exception is not known to come from outside.</summary>
    public static string? Describe(Exception exception, string urls) => exception switch
    {
        StartupException or DataFolderException or SchemaTooNewException or WrongMasterKeyException or PostgresSettingException => exception.Message,
        EventStoreUnavailableException { InnerException: var cause } =>
            $"The PostgreSQL database of Crescent:Postgres:ConnectionString does not answer ({cause?.Message.TrimEnd('.')}); start it, or correct the setting.",
        SqliteErrorException sqlite => $"A file of the data folder cannot be used: {sqlite.Message.TrimEnd('.')}.",
        OptionsValidationException invalid => $"A setting is wrong: {string.Join("; ", invalid.Failures).TrimEnd('.')}.",
        InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" } => $"A setting is wrong: {exception.Message.TrimEnd('.')}.",
        FormatException { Message: var message } when message.StartsWith("Invalid url", StringComparison.Ordinal) =>
            $"The address to listen on is wrong ({message.TrimEnd('.')}); set ASPNETCORE_URLS to something like http://localhost:5080.",
        IOException { InnerException: AddressInUseException } =>
            $"Another program listens on {urls} already; stop it or set ASPNETCORE_URLS to another address.",
        System.Net.Sockets.SocketException socket =>
            $"Listening on {urls} is not possible ({socket.Message}); set ASPNETCORE_URLS to another address.",
        AggregateException { InnerExceptions: [var only] } => Describe(only, urls),
        _ => null,
    };
}
