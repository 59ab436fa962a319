using System.Diagnostics;

namespace Crescent.Grains;

/// <summary>Where the grains' own spans come from; listen to the name.</summary>
public static class GrainActivity
{
    public const string Name = "Crescent.Grains";

    internal static ActivitySource Source { get; } = new(Name);
}
