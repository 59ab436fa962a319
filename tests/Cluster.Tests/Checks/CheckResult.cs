namespace Crescent.Cluster.Tests.Checks;

/// <summary>What a check found.</summary>
/// <param name="Name">What must hold.</param>
/// <param name="Figures">Of what it was checked.</param>
/// <param name="Faults">Where it does not hold.</param>
internal sealed record CheckResult(string Name, string Figures, IReadOnlyList<string> Faults)
{
    public bool Holds => Faults.Count == 0;
}
