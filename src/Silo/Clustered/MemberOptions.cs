using System.ComponentModel.DataAnnotations;

namespace Crescent.Silo.Clustered;

/// <summary>How a host takes part in a cluster: <c>Crescent:Cluster</c>.</summary>
public sealed class MemberOptions : IValidatableObject
{
    public const string Section = "Crescent:Cluster";

    /// <summary>Which cluster; hosts with another one on the same database know nothing of each other.</summary>
    [Required]
    public string ClusterId { get; set; } = "crescent";

    /// <summary>Whose reminders and stored grain states; stays when the cluster changes.</summary>
    [Required]
    public string ServiceId { get; set; } = "crescent";

    /// <summary>The name of this silo in logs and in the list of members; by default the machine and a number of the process.</summary>
    public string SiloName { get; set; } = "";

    /// <summary>Where the other hosts reach this silo: an address of this machine, or a name for one. The silo listens there and nowhere else.</summary>
    [Required]
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>The port the other silos connect to.</summary>
    [Range(1, 65_535)]
    public int SiloPort { get; set; } = 11_111;

    /// <summary>The port API hosts connect to.</summary>
    [Range(1, 65_535)]
    public int GatewayPort { get; set; } = 30_000;

    /// <summary>The file with the keys of the installation, the same for all hosts. <c>Crescent.ApiHost secrets FILE</c> creates one.</summary>
    [Required]
    public string SecretsFile { get; set; } = "data/secrets.json";

    /// <summary>How often a silo asks others whether they are there, and how long it waits for an answer.</summary>
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>So many answers in a row must be missing before a silo counts as dead for whoever asked.</summary>
    [Range(2, 100)]
    public int MissedProbes { get; set; } = 3;

    /// <summary>How often hosts look into the list of members without being told of a change.</summary>
    public TimeSpan TableRefresh { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a silo writes down that it is alive. After three times as long without it, silos that start count it as gone.</summary>
    public TimeSpan SignOfLife { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a silo that stops may take to end its calls and hand over its grains.</summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(30);

    public MemberTlsOptions Tls { get; set; } = new();

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Tls.FindFault() is { } fault)
            yield return new ValidationResult(fault, [nameof(Tls)]);
        if (Outside(ProbeTimeout, 0.1, 60))
            yield return new ValidationResult($"{ProbeTimeout} is not from 0.1 seconds to 1 minute", [nameof(ProbeTimeout)]);
        if (Outside(TableRefresh, 1, 600))
            yield return new ValidationResult($"{TableRefresh} is not from 1 second to 10 minutes", [nameof(TableRefresh)]);
        if (Outside(SignOfLife, 1, 600))
            yield return new ValidationResult($"{SignOfLife} is not from 1 second to 10 minutes", [nameof(SignOfLife)]);
        if (Outside(DrainTimeout, 1, 600))
            yield return new ValidationResult($"{DrainTimeout} is not from 1 second to 10 minutes", [nameof(DrainTimeout)]);
        if (SiloPort == GatewayPort)
            yield return new ValidationResult($"{GatewayPort} is SiloPort too", [nameof(GatewayPort)]);
    }

    static bool Outside(TimeSpan value, double leastSeconds, double mostSeconds) =>
        value.TotalSeconds < leastSeconds || value.TotalSeconds > mostSeconds;
}
