using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>What would end a process ends one silo of it.</summary>
internal sealed partial class EndOfSilo(IServiceProvider services, ILogger<EndOfSilo> logger) : IFatalError
{
    /// <summary>The end of the silo, if it came.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    public void Fail(string reason)
    {
        LogEnds(reason);

        // Not on the thread that noticed it: that may belong to what is being ended.
        Ended = Task.Run(() => services.GetRequiredService<Silo>().KillAsync());
    }

    [LoggerMessage(9101, LogLevel.Warning, "The silo ends as its process would: {Reason}")]
    private partial void LogEnds(string reason);
}
