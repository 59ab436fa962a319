using System.Globalization;

namespace Crescent.Cluster.Tests.Chaos;

/// <summary>How long a chaos run is: the short form of every test run, or the long one of <c>./test chaos</c>.</summary>
internal sealed record ChaosForm(string Name, int Seed, TimeSpan Load, double OrdersPerSecond, TimeSpan Freeze, TimeSpan WithoutPostgres, TimeSpan Cuts)
{
    const string FormVariable = "CRESCENT_CHAOS";
    const string SeedVariable = "CRESCENT_CHAOS_SEED";

    /// <summary>Without faults before and after them.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromSeconds(4);

    /// <summary>Within which everything accepted must have ended after the last fault.</summary>
    public static readonly TimeSpan Recovery = TimeSpan.FromSeconds(60);

    /// <summary>How far read models may be behind a log that has come to rest.</summary>
    public static readonly TimeSpan ReadModelLag = TimeSpan.FromSeconds(15);

    public static ChaosForm FromEnvironment()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable(SeedVariable), CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next(1, 1_000_000);
        return Environment.GetEnvironmentVariable(FormVariable) == "long"
            ? new ChaosForm("long", seed, Seconds(180), 12, Seconds(20), Seconds(15), Seconds(6))
            : new ChaosForm("short", seed, Seconds(60), 10, Seconds(8), Seconds(5), Seconds(3));
    }

    static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
