using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Orleans.Runtime;

/// <summary>
/// Starts the silo with its host and stops it. Services registered after it start once it is active, and stop before it.
/// </summary>
internal sealed partial class Silo(
    SiloLifecycle lifecycle,
    IEnumerable<ILifecycleParticipant<ISiloLifecycle>> participants,
    IEnumerable<IConfigurationValidator> validators,
    SiloDispatcher dispatcher,
    Catalog catalog,
    IGrainFactory factory,
    IEnumerable<IIncomingGrainCallFilter> incomingFilters,
    IEnumerable<IOutgoingGrainCallFilter> outgoingFilters,
    IEnumerable<IKillable> killables,
    ILocalSiloDetails details,
    ILogger<Silo> logger) : IHostedService
{
    private bool _isStopped;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var validator in validators)
        {
            validator.ValidateConfiguration();
        }

        foreach (var participant in participants)
        {
            participant.Participate(lifecycle);
        }

        catalog.UseFilters(incomingFilters);
        dispatcher.Bind(factory, outgoingFilters);
        lifecycle.Subscribe<Silo>(ServiceLifecycleStage.RuntimeInitialize, OpenForCalls, CloseForCalls);
        lifecycle.Subscribe<Silo>(ServiceLifecycleStage.GrainDeactivation, static _ => Task.CompletedTask, EndGrains);
        try
        {
            await lifecycle.OnStart(cancellationToken);
        }
        catch
        {
            await StopAsync(CancellationToken.None);
            throw;
        }

        LogStarted(details.Name, details.SiloAddress);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_isStopped)
        {
            return;
        }

        _isStopped = true;
        await lifecycle.OnStop(cancellationToken);
        LogStopped(details.Name);
    }

    /// <summary>Ends it as the death of its process would. Only tests do that.</summary>
    public async Task KillAsync()
    {
        _isStopped = true;
        foreach (var killable in killables)
        {
            await killable.KillAsync();
        }

        dispatcher.Close();
        LogKilled(details.Name);
    }

    private Task OpenForCalls(CancellationToken token)
    {
        dispatcher.Open();
        return Task.CompletedTask;
    }

    private Task EndGrains(CancellationToken token)
    {
        dispatcher.CloseForClients();
        return catalog.DeactivateAll(token);
    }

    private Task CloseForCalls(CancellationToken token)
    {
        dispatcher.Close();
        return Task.CompletedTask;
    }

    [LoggerMessage(201, LogLevel.Information, "Silo {Name} is active at {Address}.")]
    private partial void LogStarted(string name, SiloAddress address);

    [LoggerMessage(202, LogLevel.Information, "Silo {Name} has stopped.")]
    private partial void LogStopped(string name);

    [LoggerMessage(203, LogLevel.Information, "Silo {Name} was killed.")]
    private partial void LogKilled(string name);
}
