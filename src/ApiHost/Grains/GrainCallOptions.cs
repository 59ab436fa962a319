using System.ComponentModel.DataAnnotations;

namespace Crescent.ApiHost.Grains;

/// <summary>How long this host waits for grains: <c>Crescent:GrainCalls</c>.</summary>
public sealed class GrainCallOptions
{
    public const string Section = "Crescent:GrainCalls";

    /// <summary>Seconds given to each of the two attempts at a call.</summary>
    [Range(1, 25)]
    public int TimeoutSeconds { get; set; } = 5;
}
