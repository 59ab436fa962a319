using Crescent.Cluster.Tests.Clusters;

namespace Crescent.ApiHost.Tests.Hosting;

/// <summary>How tests of the API that need a Crescent of their own get one: here, the cluster, whose silos start again for settings.</summary>
internal static class NewCrescent
{
    static readonly Dictionary<string, string> Settings = new()
    {
        ["Crescent:RateLimits:Requests"] = "0",
        ["Crescent:DemoData"] = "false",
    };

    static LocalCluster? s_shared;

    public static async Task<RunningCrescent> StartAsync(params string[] settings)
    {
        if (s_shared is null)
        {
            var cluster = s_shared = await LocalCluster.StartAsync(Settings);
            return new ClusterCrescent(cluster, cluster.DisposeAsync);
        }

        var own = new Dictionary<string, string>(Settings);
        foreach (var setting in settings)
        {
            var (key, value) = setting.Split('=', 2) is [var k, var v] ? (k.TrimStart('-'), v) : throw new ArgumentException(setting);
            own[key] = value;
        }

        await RestartSilosAsync(s_shared, own);
        return new ClusterCrescent(s_shared, async () => await RestartSilosAsync(s_shared, Settings));
    }

    static async Task RestartSilosAsync(LocalCluster cluster, Dictionary<string, string> settings)
    {
        await cluster.ConfigureAsync(settings);
        await cluster.KillSilosAsync();
        await cluster.HealAsync();
    }
}
