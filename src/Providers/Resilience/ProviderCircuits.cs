using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Crescent.Providers.Resilience;

/// <summary>The circuits of this process, one per provider, for the providers to call through and operators to look at.</summary>
public sealed class ProviderCircuits(
    IOptions<ProviderCircuitOptions> options, TimeProvider time, ILogger<ProviderCircuits> logger)
{
    private readonly ConcurrentDictionary<string, ProviderCircuit> _circuits = new(StringComparer.Ordinal);

    public IReadOnlyList<CircuitStatus> Statuses =>
        [.. _circuits.Values.Select(static circuit => circuit.Status).OrderBy(static status => status.Provider, StringComparer.Ordinal)];

    public ProviderCircuit Of(string provider) =>
        _circuits.GetOrAdd(provider, static (name, self) => self.Create(name), this);

    private ProviderCircuit Create(string provider) => new(provider, options.Value, time, logger);
}
