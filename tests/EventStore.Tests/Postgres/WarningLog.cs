using System.Threading.Channels;
using Crescent.EventStore.Postgres;
using Microsoft.Extensions.Logging;

namespace Crescent.EventStore.Tests.Postgres;

/// <summary>The warnings that a store writes.</summary>
sealed class WarningLog : ILogger<PostgresEventStore>
{
    public Channel<string> Warnings { get; } = Channel.CreateUnbounded<string>();

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (logLevel >= LogLevel.Warning) Warnings.Writer.TryWrite(formatter(state, exception));
    }
}
