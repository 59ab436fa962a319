using Crescent.Providers.Sandbox;

namespace Crescent.Providers.Carriers.Sandbox;

/// <summary>The carrier sandbox. Bound from <c>Crescent:Providers:CarrierSandbox</c>.</summary>
public sealed class CarrierSandboxOptions
{
    public const string Section = "Crescent:Providers:CarrierSandbox";

    /// <summary>The file of the sandbox's own bookings.</summary>
    public string BookingsPath { get; set; } = "data/parcels.db";

    public SandboxQueueOptions Queue { get; set; } = new();

    internal IEnumerable<string> Errors()
    {
        if (string.IsNullOrWhiteSpace(BookingsPath))
            yield return $"{Section}:BookingsPath is empty; it must name the file of the bookings.";
        foreach (var error in Queue.Errors(Section))
            yield return error;
    }
}
